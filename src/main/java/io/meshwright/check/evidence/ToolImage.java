package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.traffic.StreamingTool;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The images by which streaming tools are known for certain, in whatever registry a copy lies. */
public enum ToolImage {
    /** One image for all parts of Argo CD, of which only the server streams. */
    ARGO_CD(StreamingTool.ARGO_CD, "(.*/)?argoproj/argocd([:@].*)?", "argocd-server"),
    GRAFANA(StreamingTool.GRAFANA, "(.*/)?grafana/grafana(-oss|-enterprise)?([:@].*)?", ""),
    /** Version 2 sends no notices. */
    PROMETHEUS(StreamingTool.PROMETHEUS, "(.*/)?(prom|prometheus)/prometheus:v3\\..*", ""),
    LOKI(StreamingTool.LOKI, "(.*/)?grafana/loki([:@].*)?", "");

    private final StreamingTool tool;
    private final Pattern image;
    private final String program;

    ToolImage(StreamingTool tool, String image, String program) {
        this.tool = tool;
        this.image = Pattern.compile(image);
        this.program = program;
    }

    public static Optional<StreamingTool> of(Pod pod) {
        return Stream.of(values())
                .filter(tool ->
                        Fields.items(pod.spec().path("containers")).stream().anyMatch(tool::runs))
                .map(tool -> tool.tool)
                .findFirst();
    }

    /** Nothing but Argo CD calls a Service so, whose pods its chart or another folder makes. */
    public static Optional<StreamingTool> ofHost(String host) {
        return host.startsWith(StreamingTool.ARGO_CD.service().concat("."))
                ? Optional.of(StreamingTool.ARGO_CD)
                : Optional.empty();
    }

    private boolean runs(JsonNode container) {
        List<String> words = Stream.concat(
                        Fields.texts(container.path("command")).stream(), Fields.texts(container.path("args")).stream())
                .toList();
        return image.matcher(container.path("image").asText("")).matches()
                && (program.isEmpty()
                        || words.stream().anyMatch(word -> "/".concat(word).endsWith("/".concat(program))));
    }
}
