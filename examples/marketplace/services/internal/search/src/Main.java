// Finds products by a part of their name: GET /search?q=lan. It asks the catalogue each time; a real one has an index.

void main() throws Exception {
    Service.serve(request -> switch (request.call()) {
        case "GET /readyz" -> Service.Reply.json(200, "{\"ready\": true}");
        case "GET /search" -> Service.Reply.json(200, found(request.parameter("q").toLowerCase(Locale.ROOT)).toString());
        default -> Service.Reply.problem(404, "there is no " + request.call());
    });
}

List<String> found(String word) throws Exception {
    var products = Service.require(Service.env("CATALOG_URL") + "/products", "");
    return Pattern.compile("\\{[^}]*}").matcher(products).results()
            .map(MatchResult::group)
            .filter(product -> product.toLowerCase(Locale.ROOT).contains(word))
            .toList();
}
