// Where the bank tells that money came: POST /hooks/settled?order=7&secret=…

void main() throws Exception {
    Service.serve(request -> switch (request.call()) {
        case "GET /readyz" -> Service.Reply.json(200, "{\"ready\": true}");
        case "POST /hooks/settled" -> request.parameter("secret").equals(Service.env("HOOK_SECRET"))
                ? Service.ask(
                        Service.env("ORDERS_URL") + "/orders/" + request.parameter("order") + "/settled", "settled")
                : Service.Reply.problem(403, "who are you?");
        default -> Service.Reply.problem(404, "there is no " + request.call());
    });
}
