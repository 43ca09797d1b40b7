package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** Signs tokens with a key of the test, whose JWKS the proxies get. */
final class Signer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final long HOUR = 3600;

    private final KeyPair keys;

    private Signer(KeyPair keys) {
        this.keys = keys;
    }

    static Signer create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new Signer(generator.generateKeyPair());
    }

    String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return """
            {"keys":[{"kty":"RSA","alg":"RS256","use":"sig","kid":"tunnel","n":"%s","e":"%s"}]}
            """.formatted(number(key.getModulus()), number(key.getPublicExponent()));
    }

    /** A token that expires in an hour unless the claims say otherwise. */
    String token(JsonNode claims) throws GeneralSecurityException {
        ObjectNode all = claims.deepCopy();
        if (!all.has("exp")) {
            all.put("exp", Instant.now().getEpochSecond() + HOUR);
        }
        String text =
                "%s.%s".formatted(text("{\"alg\":\"RS256\",\"kid\":\"tunnel\",\"typ\":\"JWT\"}"), text(all.toString()));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return "%s.%s".formatted(text, BASE64.encodeToString(signature.sign()));
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
