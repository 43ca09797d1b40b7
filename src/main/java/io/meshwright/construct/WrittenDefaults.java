package io.meshwright.construct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.definition.BroughtDefinitions;
import io.meshwright.definition.ListDefaults;
import org.cdk8s.ApiObject;
import org.cdk8s.JsonPatch;
import software.constructs.IConstruct;

/**
 * Custom resources say in their lists what the API server would add there by their definitions, such as the protocol of
 * a port in a Rollout: without it Argo CD finds them different from the cluster for ever [argo-cd#11074,
 * external-secrets#6398].
 */
public final class WrittenDefaults {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private WrittenDefaults() {}

    /**
     * Completes every custom resource below {@code scope} of whose kind a definition is known; the last thing to do
     * before an App is synthesized. What an object says itself stays.
     */
    public static void in(IConstruct scope) {
        scope.getNode().findAll().stream()
                .filter(ApiObject.class::isInstance)
                .map(ApiObject.class::cast)
                .forEach(WrittenDefaults::complete);
    }

    private static void complete(ApiObject object) {
        BroughtDefinitions.schema(object.getApiVersion(), object.getKind()).ifPresent(schema -> {
            JsonNode written = MAPPER.valueToTree(object.toJson());
            for (ListDefaults.Missing missing : ListDefaults.missing(schema, written)) {
                object.addJsonPatch(JsonPatch.add(
                        missing.pointer().toString(), MAPPER.convertValue(missing.value(), Object.class)));
            }
        });
    }
}
