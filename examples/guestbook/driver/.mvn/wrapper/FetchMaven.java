import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipInputStream;

/// Fetches the Maven that `maven-wrapper.properties` pins, checks its digest and unpacks it. Needs nothing but a JDK.
///
/// `java FetchMaven.java PROPERTIES FOLDER`
void main(String[] args) throws Exception {
    var pinned = new Properties();
    try (var in = Files.newInputStream(Path.of(args[0]))) {
        pinned.load(in);
    }
    var folder = Path.of(args[1]).toAbsolutePath();
    Files.createDirectories(folder.getParent());
    var unpacked = Files.createTempDirectory(folder.getParent(), "fetch-");
    var archive = unpacked.resolve("maven.zip");
    IO.println("Fetching " + folder.getFileName() + " ...");
    var sha512 = MessageDigest.getInstance("SHA-512");
    try (InputStream in = new DigestInputStream(URI.create(pinned.getProperty("distributionUrl")).toURL().openStream(), sha512)) {
        Files.copy(in, archive);
    }
    var found = HexFormat.of().formatHex(sha512.digest());
    if (!found.equals(pinned.getProperty("distributionSha512Sum"))) {
        throw new IOException("the downloaded Maven has SHA-512 " + found + ", which is not the one pinned in " + args[0]);
    }
    unzip(archive, unpacked);
    var home = unpacked.resolve(folder.getFileName());
    home.resolve("bin/mvn").toFile().setExecutable(true);
    try {
        Files.move(home, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
        if (!Files.exists(folder)) { // another process may have been faster: its copy is as good
            throw e;
        }
    }
}

void unzip(Path archive, Path into) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var file = into.resolve(entry.getName()).normalize();
            if (!file.startsWith(into)) {
                throw new IOException("the archive has an entry outside its folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
