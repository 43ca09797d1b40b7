package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The CSI driver of cert-manager looks at the attributes of a volume only when a pod starts, and mounts nothing that it
 * does not understand [cert-manager/csi-driver, pkg/apis/validation; cert-manager/csi-lib, driver/nodeserver.go].
 */
@AutoService(Inspection.class)
public final class PodCertificatesMounted implements Check {
    public static final Rule POD_CERTIFICATE_REFUSED = Rule.error("MESH388", "pod_certificate_refused")
            .title("A volume of cert-manager's CSI driver is one that the driver refuses")
            .consequence("The pod never starts: its volume is not mounted.")
            .remedy("Write readOnly: true, csi.cert-manager.io/issuer-name, and times in hours, minutes and seconds.");

    private static final String DRIVER = "csi.cert-manager.io";
    private static final String ATTRIBUTE = DRIVER.concat("/");
    private static final Pattern TIME = Pattern.compile("[-+]?([0-9]*\\.?[0-9]+(ns|us|µs|ms|s|m|h))+|0");
    private static final Set<String> TIMES = Set.of("duration", "renew-before");
    private static final Set<String> SWITCHES = Set.of("is-ca", "reuse-private-key");

    @Override
    public List<Rule> rules() {
        return List.of(POD_CERTIFICATE_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream().flatMap(PodCertificatesMounted::volumes);
    }

    private static Stream<Finding> volumes(Pod pod) {
        List<JsonNode> volumes = Fields.items(pod.spec().path("volumes"));
        return IntStream.range(0, volumes.size()).boxed().flatMap(index -> {
            JsonNode csi = volumes.get(index).path("csi");
            return csi.path("driver").asText("").equals(DRIVER)
                    ? fault(csi).stream().map(why -> POD_CERTIFICATE_REFUSED.at(at(pod, index), why))
                    : Stream.empty();
        });
    }

    private static Source at(Pod pod, int index) {
        return pod.source().at("/spec").item("volumes", index).field("csi");
    }

    private static Optional<String> fault(JsonNode csi) {
        if (!csi.path("readOnly").asBoolean(false)) {
            return Optional.of("the driver mounts certificates to read alone, and readOnly is not true");
        }
        JsonNode attributes = csi.path("volumeAttributes");
        if (attributes.path(ATTRIBUTE.concat("issuer-name")).asText("").isEmpty()) {
            return Optional.of("csi.cert-manager.io/issuer-name is missing");
        }
        return Fields.strings(attributes).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(ATTRIBUTE)
                        && !entry.getValue().isEmpty())
                .filter(entry -> !isRead(entry.getKey().substring(ATTRIBUTE.length()), entry.getValue()))
                .map(entry -> "the driver cannot read \"%s\" of %s".formatted(entry.getValue(), entry.getKey()))
                .findFirst();
    }

    private static boolean isRead(String attribute, String value) {
        if (TIMES.contains(attribute)) {
            return TIME.matcher(value).matches();
        }
        if (SWITCHES.contains(attribute)) {
            return value.equals("true") || value.equals("false");
        }
        return !attribute.equals("key-encoding") || value.equalsIgnoreCase("PKCS1") || value.equalsIgnoreCase("PKCS8");
    }
}
