// How many there are of each product.
//
//   GET  /stock/2             what is left
//   POST /stock/2/reserve     takes one; 409 when there is none

static final int AT_FIRST = 1000;

final Map<String, AtomicInteger> left = new ConcurrentHashMap<>();

void main() throws Exception {
    Service.serve(request -> {
        if (request.call().equals("GET /readyz")) {
            return Service.Reply.json(200, "{\"ready\": true}");
        }
        var parts = request.call().split("/");
        if (parts.length < 3 || !parts[1].equals("stock")) {
            return Service.Reply.problem(404, "there is no " + request.call());
        }
        var count = left.computeIfAbsent(parts[2], _ -> new AtomicInteger(AT_FIRST));
        if (!request.call().endsWith("/reserve")) {
            return Service.Reply.json(200, "{\"left\": " + count + "}");
        }
        return count.getAndUpdate(now -> Math.max(0, now - 1)) > 0
                ? Service.Reply.json(200, "{\"reserved\": true}")
                : Service.Reply.problem(409, "sold out");
    });
}
