import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;

// A static site while it is worked on: each request reads the file anew. `java Site.java FOLDER`; the images have busybox.
void main(String[] arguments) {
    var address = new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT")));
    var folder = Path.of(arguments[0]).toAbsolutePath().normalize();
    SimpleFileServer.createFileServer(address, folder, SimpleFileServer.OutputLevel.INFO).start();
    IO.println("serving " + folder + " on " + address);
}
