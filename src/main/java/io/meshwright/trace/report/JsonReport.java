package io.meshwright.trace.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import java.util.List;

/** A way as JSON for programs; parts are numbers between 0 and 1. */
public final class JsonReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {}

    public static ObjectNode of(Request request, Path path) {
        ObjectNode report = NODES.objectNode();
        report.putObject("request")
                .put("method", request.method())
                .put("scheme", request.scheme())
                .put("host", request.host())
                .put("port", request.port())
                .put("target", request.target())
                .put("from", request.from());
        report.setAll(path(path));
        return report;
    }

    private static ObjectNode path(Path path) {
        ObjectNode node = NODES.objectNode();
        ArrayNode hops = node.putArray("hops");
        path.hops().forEach(hop -> hops.add(hop(hop)));
        path.handling().ifPresent(handling -> node.set("route", route(handling)));
        if (!path.branches().isEmpty()) {
            ArrayNode branches = node.putArray("branches");
            path.branches()
                    .forEach(branch -> branches.addObject()
                            .put("part", branch.part())
                            .put("to", branch.label())
                            .setAll(path(branch.path())));
        }
        node.set("verdict", verdict(path.verdict()));
        return node;
    }

    private static ObjectNode hop(PathHop hop) {
        ObjectNode node = NODES.objectNode().put("where", hop.where());
        ArrayNode steps = node.putArray("steps");
        for (PathStep step : hop.steps()) {
            ArrayNode decidedBy = steps.addObject().put("what", step.what()).putArray("decidedBy");
            step.decidedBy().forEach(source -> decidedBy.add(source(source)));
        }
        return node;
    }

    private static ObjectNode source(Source source) {
        return NODES.objectNode()
                .put("object", source.manifest().toString())
                .put("field", source.pointer())
                .put("file", source.place().file())
                .put("line", source.place().line())
                .put("column", source.place().column());
    }

    private static ObjectNode route(Handling handling) {
        ObjectNode node = NODES.objectNode()
                .put("name", handling.name())
                .put("timeout", handling.timeout().orElse("none"))
                .put("retries", handling.retries().attempts())
                .put("cors", handling.hasCors())
                .put("authority", handling.authority())
                .put("path", handling.path());
        handling.allowOrigin().ifPresent(origin -> node.put("allowOrigin", origin));
        ArrayNode mirrors = node.putArray("mirrors");
        handling.mirrors().forEach(mirrors::add);
        ArrayNode changes = node.putArray("requestHeaders");
        handling.requestHeaders().forEach(changes::add);
        ObjectNode headers = node.putObject("responseHeaders");
        handling.responseHeaders().forEach(headers::put);
        return node;
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode node = NODES.objectNode();
        if (verdict instanceof Verdict.Answered answered) {
            return node.put("type", "answered")
                    .put("status", answered.status())
                    .put("flag", answered.flag())
                    .put("why", answered.why());
        }
        if (verdict instanceof Verdict.Closed closed) {
            return node.put("type", "closed").put("flag", closed.flag()).put("why", closed.why());
        }
        if (verdict instanceof Verdict.Delivered delivered) {
            targets(node.put("type", "delivered").putArray("targets"), delivered.targets());
            return node;
        }
        if (verdict instanceof Verdict.Split split) {
            ArrayNode parts = node.put("type", "split").putArray("parts");
            split.parts()
                    .forEach(
                            part -> parts.addObject().put("part", part.part()).set("verdict", verdict(part.verdict())));
            return node;
        }
        Verdict.Unknown unknown = (Verdict.Unknown) verdict;
        unknown.otherwise().ifPresent(otherwise -> node.set("otherwise", verdict(otherwise)));
        return node.put("type", "unknown").put("why", unknown.why());
    }

    private static void targets(ArrayNode array, List<DeliveryTarget> targets) {
        for (DeliveryTarget target : targets) {
            ObjectNode node = array.addObject()
                    .put("host", target.host())
                    .put("port", target.port())
                    .put("part", target.part());
            target.subset().ifPresent(subset -> node.put("subset", subset));
            ArrayNode pods = node.putArray("pods");
            target.pods().forEach(pods::add);
        }
    }
}
