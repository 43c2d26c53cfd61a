package dev.fairlead.template.function;

import static dev.fairlead.template.TemplateFunction.Kind.STRING;

import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// The functions of the `fairlead` profile that encode, digest and compare versions.
final class CodingFunctions {
    private CodingFunctions() {}

    static void addTo(Map<String, TemplateFunction> all) {
        base64(all);
        digests(all);
    }

    private static void base64(Map<String, TemplateFunction> all) {
        all.put(
                "b64enc",
                TemplateFunction.of(
                        new Doc(
                                "b64enc text",
                                "the text's UTF-8 in base64",
                                "{{ b64enc \"hello\" }}",
                                "aGVsbG8="),
                        Parameters.of(STRING),
                        call -> Base64.getEncoder().encodeToString(utf8(call.text(0)))));
        all.put(
                "b64dec",
                TemplateFunction.of(
                        new Doc(
                                "b64dec text",
                                "the text that was encoded in base64",
                                "{{ b64dec \"aGVsbG8=\" }}",
                                "hello"),
                        Parameters.of(STRING),
                        CodingFunctions::decoded));
    }

    private static void digests(Map<String, TemplateFunction> all) {
        all.put(
                "sha256sum",
                TemplateFunction.of(
                        new Doc(
                                "sha256sum text",
                                "the SHA-256 of the text's UTF-8, in hexadecimal",
                                "{{ sha256sum \"hello\" | truncate 12 }}",
                                "2cf24dba5fb0"),
                        Parameters.of(STRING),
                        call -> HexFormat.of().formatHex(sha256(utf8(call.text(0))))));
        all.put(
                "semverCompare",
                TemplateFunction.of(
                        new Doc(
                                "semverCompare constraint version",
                                "whether the version meets the constraint",
                                "{{ semverCompare \"^1.2.0\" \"1.9.3\" }}",
                                "true"),
                        Parameters.of(STRING, STRING),
                        CodingFunctions::compared));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object decoded(Call call) {
        try {
            var text = call.text(0).replace("\n", "").replace("\r", "");
            if (text.length() % 4 != 0) {
                throw call.error("illegal base64 data");
            }
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw call.error("illegal base64 data");
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static Object compared(Call call) {
        var version =
                Version.parse(call.text(1))
                        .orElseThrow(() -> call.error("Invalid Semantic Version"));
        var constraint =
                VersionRange.parse(call.text(0))
                        .orElseThrow(() -> call.error("improper constraint: " + call.marked(0)));
        return constraint.contains(version);
    }
}
