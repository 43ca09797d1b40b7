package io.meshwright.plan.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Addresses of clients that policies and load balancers tell apart. */
final class ClientAddresses {
    /** Nobody's, for examples (RFC 5737). */
    private static final String STRANGER = "198.51.100.7";

    private static final Set<String> CONDITIONS = Set.of("source.ip", "remote.ip");
    private static final int MOST = 6;

    private ClientAddresses() {}

    /** A stranger's and the first of each block that is named, at most seven; none where no block is. */
    static List<String> of(Mesh mesh) {
        Set<String> blocks = new TreeSet<>();
        mesh.manifests()
                .kind(Kind.AUTHORIZATION_POLICY)
                .forEach(policy -> Fields.items(policy.at("/spec/rules")).forEach(rule -> blocks(rule, blocks)));
        mesh.manifests()
                .kind(Kind.SERVICE)
                .forEach(service -> blocks.addAll(service.texts("/spec/loadBalancerSourceRanges")));
        List<String> addresses = new ArrayList<>();
        blocks.stream()
                .map(block -> block.replaceFirst("/.*", ""))
                .flatMap(ClientAddresses::valid)
                .distinct()
                .limit(MOST)
                .forEach(addresses::add);
        if (!addresses.isEmpty()) {
            addresses.add(STRANGER);
        }
        return List.copyOf(addresses);
    }

    private static void blocks(JsonNode rule, Set<String> blocks) {
        Fields.items(rule.path("from"))
                .forEach(from -> Stream.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks")
                        .forEach(field ->
                                blocks.addAll(Fields.texts(from.path("source").path(field)))));
        Fields.items(rule.path("when")).stream()
                .filter(when -> CONDITIONS.contains(when.path("key").asText("")))
                .forEach(when -> Stream.of("values", "notValues")
                        .forEach(field -> blocks.addAll(Fields.texts(when.path(field)))));
    }

    private static Stream<String> valid(String text) {
        try {
            return Stream.of(IpAddress.of(text).toString());
        } catch (InvalidValue none) {
            return Stream.empty();
        }
    }
}
