package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One issuer that a RequestAuthentication trusts, and where it looks for its tokens. */
public record JwtRule(Source source, String issuer, List<String> audiences) {
    private static final Set<String> WORDS = Set.of("permission", "scope");
    private static final Set<String> PRINCIPAL = Set.of("iss", "sub");

    static JwtRule of(Source source) {
        JsonNode rule = source.value();
        return new JwtRule(source, rule.path("issuer").asText(""), Fields.texts(rule.path("audiences")));
    }

    private JsonNode body() {
        return source.value();
    }

    /** True if it looks there: named places replace the usual ones; {@code place} as {@link Token} writes it. */
    public boolean reads(String place) {
        return new TokenPlaces(body()).has(place);
    }

    /** True if it takes something that the request itself has for a token. */
    boolean finds(HttpRequest request) {
        return new TokenPlaces(body()).filled(request).findAny().isPresent();
    }

    /** The tokens that are written out in the request where it looks for them. */
    Stream<Token> written(HttpRequest request) {
        return new TokenPlaces(body())
                .filled(request)
                .flatMap(found -> Token.written(found.getValue(), found.getKey()).stream());
    }

    /** True if the token goes on to the application and to later proxies; if not it is taken out. */
    public boolean forwards() {
        return body().path("forwardOriginalToken").asBoolean(false);
    }

    /** The headers that tell claims or the payload, in small letters: nobody else may write them. */
    Stream<String> headers() {
        return Stream.concat(
                        Fields.items(body().path("outputClaimToHeaders")).stream()
                                .map(output -> output.path("header").asText("")),
                        Fields.text(body().path("outputPayloadToHeader")).stream())
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    /**
     * The claims of a verified token by the headers that tell them; one that is neither text nor a whole number nor a
     * truth has no value here.
     */
    Map<String, Optional<String>> told(JsonNode claims) {
        Map<String, Optional<String>> told = new TreeMap<>();
        for (JsonNode output : Fields.items(body().path("outputClaimToHeaders"))) {
            JsonNode claim =
                    claims.at("/".concat(output.path("claim").asText("").replace('.', '/')));
            if (!claim.isMissingNode() && !claim.isNull()) {
                told.put(
                        output.path("header").asText("").toLowerCase(Locale.ROOT),
                        claim.isTextual() || claim.isIntegralNumber() || claim.isBoolean()
                                ? Optional.of(claim.asText())
                                : Optional.empty());
            }
        }
        Fields.text(body().path("outputPayloadToHeader"))
                .ifPresent(name -> told.put(name.toLowerCase(Locale.ROOT), Optional.empty()));
        return told;
    }

    /**
     * The claims of a verified token as policies and routes read them: a text that is a list of words becomes one. Up
     * to 1.20 every text does (issuer and subject are compared together there), from 1.21 on scope and permission do,
     * and what the rule names besides, at the top alone (buildSpaceDelimitedClaims; Envoy's
     * normalize_payload_in_metadata).
     */
    public JsonNode read(JsonNode claims, IstioVersion version) {
        if (!(claims instanceof ObjectNode written)) {
            return claims;
        }
        Set<String> named = new TreeSet<>(WORDS);
        if (version.knowsSpaceDelimitedClaims()) {
            named.addAll(Fields.texts(body().path("spaceDelimitedClaims")));
        }
        ObjectNode read = written.deepCopy();
        for (Map.Entry<String, JsonNode> claim : written.properties()) {
            boolean words = version.verifiesTokensByEnvoy()
                    ? named.contains(claim.getKey())
                    : !PRINCIPAL.contains(claim.getKey());
            if (words && claim.getValue().isTextual()) {
                ArrayNode list = read.putArray(claim.getKey());
                Stream.of(claim.getValue().textValue().split(" "))
                        .filter(word -> !word.isEmpty())
                        .forEach(list::add);
            }
        }
        return read;
    }

    boolean admitsAudience(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        List<String> named = audience.isArray()
                ? Fields.texts(audience)
                : Fields.text(audience).map(List::of).orElse(List.of());
        return audiences.isEmpty() || named.stream().anyMatch(audiences::contains);
    }
}
