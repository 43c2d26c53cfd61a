// What is for sale.
//
//   GET /products      all of it
//   GET /products/2    one

static final List<String> PRODUCTS = List.of(
        "{\"id\": 1, \"name\": \"Teapot\", \"cents\": 2900}",
        "{\"id\": 2, \"name\": \"Lantern\", \"cents\": 4500}",
        "{\"id\": 3, \"name\": \"Bicycle bell\", \"cents\": 1200}");

void main() throws Exception {
    Service.serve(request -> {
        if (request.call().equals("GET /readyz") || request.call().equals("GET /products")) {
            return Service.Reply.json(200, PRODUCTS.toString());
        }
        if (request.call().matches("GET /products/[1-" + PRODUCTS.size() + "]")) {
            int number = Integer.parseInt(request.call().substring("GET /products/".length()));
            return Service.Reply.json(200, PRODUCTS.get(number - 1));
        }
        return Service.Reply.problem(404, "there is no such product");
    });
}
