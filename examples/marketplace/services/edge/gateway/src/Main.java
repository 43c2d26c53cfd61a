// The only way in: /api/catalog/… goes to the catalogue, /api/orders/… to the orders, /api/search to the search, everything
// else to a site. ROUTES says which: "/api/catalog=http://catalog,/=http://shop", the longest first.

void main() throws Exception {
    var routes = routes(Service.env("ROUTES"));
    Service.serve(request -> {
        if (request.call().equals("GET /readyz")) {
            return Service.Reply.json(200, "{\"routes\": " + routes.size() + "}");
        }
        var path = request.call().substring(request.call().indexOf(' ') + 1);
        for (var route : routes.entrySet()) {
            if (path.startsWith(route.getKey())) {
                var rest = path.substring(route.getKey().length());
                var url = route.getValue() + (rest.startsWith("/") ? rest : "/" + rest);
                return Service.ask(request.query().isEmpty() ? url : url + "?" + request.query(), request.body());
            }
        }
        return Service.Reply.problem(404, "there is no " + path);
    });
}

Map<String, String> routes(String said) {
    var routes = new LinkedHashMap<String, String>();
    for (var route : said.split(",")) {
        int at = route.indexOf('=');
        routes.put(route.substring(0, at).strip(), route.substring(at + 1).strip());
    }
    return routes;
}
