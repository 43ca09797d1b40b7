package io.meshwright.trace.stage;

import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of X-Forwarded-For as Envoy reads them, from the right. */
final class ForwardedFor {
    static final String HEADER = "x-forwarded-for";

    private ForwardedFor() {}

    static boolean isSent(HttpRequest request) {
        return request.header(HEADER).isPresent();
    }

    /** The request with the address of the connection behind those that it brings, where that address is known. */
    static Arrival appended(Arrival arrival) {
        if (!arrival.address().present().isYes()) {
            return arrival;
        }
        String address = arrival.address().value();
        HttpRequest http = arrival.http();
        return arrival.with(http.with(
                HEADER,
                http.header(HEADER)
                        .map(before -> "%s,%s".formatted(before, address))
                        .orElse(address)));
    }

    /** The one at that place from the right, from 1 on; unknown where there is none, or it is no address. */
    static Attribute fromRight(HttpRequest request, int place) {
        List<String> addresses = request.header(HEADER).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
        return addresses.size() >= place && isAddress(addresses.get(addresses.size() - place))
                ? Attribute.known(addresses.get(addresses.size() - place))
                : Attribute.unknown();
    }

    private static boolean isAddress(String written) {
        try {
            IpAddress.of(written);
            return true;
        } catch (InvalidValue wrong) {
            return false;
        }
    }
}
