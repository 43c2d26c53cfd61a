import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

// Takes money, and signs a receipt with the key that nobody else has.
//
//   POST /payments            the body says for what; the answer is the receipt
//   GET  /receipts?of=&is=    whether a receipt is genuine

void main() throws Exception {
    Service.serve(request -> switch (request.call()) {
        case "GET /readyz" -> Service.Reply.json(200, "{\"ready\": " + !receipt("test").isEmpty() + "}");
        case "POST /payments" -> Service.Reply.json(201, "{\"receipt\": \"" + receipt(request.body()) + "\"}");
        case "GET /receipts" -> receipt(request.parameter("of")).equals(request.parameter("is"))
                ? Service.Reply.json(200, "{\"genuine\": true}")
                : Service.Reply.problem(404, "there is no such receipt");
        default -> Service.Reply.problem(404, "there is no " + request.call());
    });
}

String receipt(String of) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Service.env("PAYMENT_KEY").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(of.getBytes(StandardCharsets.UTF_8)), 0, 12);
}
