// Writes a letter for each new order into its outbox, a volume: one file each, so that none is written twice.

void main() throws Exception {
    var outbox = Files.createDirectories(Path.of(Service.env("OUTBOX")));
    IO.println("ready to write letters into " + outbox);
    while (true) {
        try {
            letters(outbox);
        } catch (IOException e) {
            System.err.println("later: " + e.getMessage());
        }
        Thread.sleep(2000);
    }
}

void letters(Path outbox) throws Exception {
    var orders = Service.require(Service.env("ORDERS_URL") + "/orders", "");
    var order = Pattern.compile("\"id\":(\\d+),[^}]*\"buyer\":\"([^\"]*)\"").matcher(orders);
    while (order.find()) {
        var letter = outbox.resolve("order-" + order.group(1) + ".txt");
        if (!Files.exists(letter)) {
            Files.writeString(letter, "Dear " + order.group(2) + ", thank you for order " + order.group(1) + ".\n");
            IO.println("wrote " + letter.getFileName());
        }
    }
}
