package io.meshwright.trace.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.MeshwrightNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Requests and what must become of them, as files of kind RequestTable say it. */
public final class RequestTable {
    private static final Kind KIND = new Kind(MeshwrightNames.GROUP, "RequestTable");
    private static final Set<String> ROW_KEYS = new TreeSet<>(Set.of("name", "request", "expect"));
    private static final Set<String> REQUEST_KEYS = new TreeSet<>(
            Set.of("from", "method", "url", "headers", "jwt", "clientIp", "clientCertificate", "preflight", "sni"));

    private final Manifest table;

    private RequestTable(Manifest table) {
        this.table = table;
    }

    /**
     * The rows of all tables of these files and folders, in order.
     *
     * @throws InvalidValue at the first thing in them that is not as it must be
     */
    public static List<RequestRow> rows(List<Path> paths) {
        return paths.stream().flatMap(path -> read(path).stream()).toList();
    }

    /**
     * The rows of a file or of all files of a folder, in order.
     *
     * @throws InvalidValue at the first thing in them that is not as it must be
     */
    public static List<RequestRow> read(Path path) {
        return of(new ManifestReader().path(path).read(), path.toString().replace('\\', '/'));
    }

    /** The rows of what was read already; {@code name} is what was read. */
    public static List<RequestRow> of(Reading reading, String name) {
        reading.unreadable().stream().findFirst().ifPresent(flaw -> {
            throw new InvalidValue(flaw.place().toString(), flaw.message(), "write a file of kind RequestTable");
        });
        List<Manifest> tables = reading.manifests().kind(KIND);
        if (tables.isEmpty()) {
            throw new InvalidValue(name, "holds no RequestTable", "write one with apiVersion meshwright.io/v1");
        }
        return tables.stream()
                .flatMap(table -> new RequestTable(table).rows().stream())
                .toList();
    }

    private List<RequestRow> rows() {
        List<RequestRow> rows = new ArrayList<>();
        for (int index = 0; index < table.at("/rows").size(); index++) {
            rows.add(row("/rows/%d".formatted(index)));
        }
        if (rows.isEmpty()) {
            throw wrong("/rows", "there are no rows", "write at least one");
        }
        return rows;
    }

    private RequestRow row(String pointer) {
        known(pointer, ROW_KEYS);
        known(pointer.concat("/request"), REQUEST_KEYS);
        known(pointer.concat("/expect"), Expectation.KEYS);
        JsonNode expect = table.at(pointer.concat("/expect"));
        if (expect.isEmpty()) {
            throw wrong(
                    pointer,
                    "nothing is expected",
                    "write expect with one of %s".formatted(String.join(", ", Expectation.KEYS)));
        }
        for (int index = 0; index < expect.path("to").size(); index++) {
            known("%s/expect/to/%d".formatted(pointer, index), Expectation.DESTINATION_KEYS);
        }
        Request request = request(pointer.concat("/request"));
        String name = Fields.text(table.at(pointer.concat("/name"))).orElse(request.toString());
        return new RequestRow(name, request, table.place(pointer), new Expectation(expect));
    }

    private void known(String pointer, Set<String> keys) {
        for (Map.Entry<String, JsonNode> field : Fields.entries(table.at(pointer))) {
            if (!keys.contains(field.getKey())) {
                throw wrong(
                        "%s/%s".formatted(pointer, field.getKey()),
                        "there is no key \"%s\" here".formatted(field.getKey()),
                        "use one of %s".formatted(String.join(", ", keys)));
            }
        }
    }

    private Request request(String pointer) {
        JsonNode written = table.at(pointer);
        try {
            Request request = Request.of(
                            written.path("method").asText("GET"),
                            written.path("url").asText(""))
                    .from(written.path("from").asText(Request.INTERNET));
            for (Map.Entry<String, String> header :
                    Fields.strings(written.path("headers")).entrySet()) {
                request = request.header(header.getKey(), header.getValue());
            }
            request = written.path("jwt").isObject() ? request.jwt(written.path("jwt")) : request;
            request = written.has("clientIp")
                    ? request.clientIp(written.path("clientIp").asText())
                    : request;
            request = written.path("clientCertificate").asBoolean(false) ? request.clientCertificate() : request;
            request = written.has("sni") ? request.sni(written.path("sni").asText()) : request;
            return written.path("preflight").asBoolean(false) ? request.preflight() : request;
        } catch (InvalidValue wrong) {
            throw wrong.under("%s request".formatted(table.place(pointer)));
        }
    }

    private InvalidValue wrong(String pointer, String problem, String remedy) {
        return new InvalidValue("%s".formatted(table.place(pointer)), problem, remedy);
    }
}
