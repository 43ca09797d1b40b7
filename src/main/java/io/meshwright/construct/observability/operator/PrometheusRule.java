package io.meshwright.construct.observability.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rule file as an object: its groups are the file's own. */
@Group("monitoring.coreos.com")
@Version("v1")
public final class PrometheusRule extends CustomResource<PrometheusRule.Spec, Void> {
    private static final long serialVersionUID = 1;
    private static final YAMLMapper YAML = new YAMLMapper();

    private PrometheusRule(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    /** The object of one file. */
    public static PrometheusRule of(ObjectMeta metadata, String file) {
        try {
            return new PrometheusRule(metadata, YAML.readValue(file, new TypeReference<Spec>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s: is no rule file".formatted(metadata.getName()), e);
        }
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** The groups of rules, as Prometheus reads them. */
    public record Spec(List<RuleGroup> groups) {
        public Spec {
            groups = List.copyOf(groups);
        }
    }

    /** Rules that are computed together. */
    public record RuleGroup(String name, List<LinkedHashMap<String, Object>> rules) {
        public RuleGroup {
            rules = List.copyOf(rules);
        }

        /** The rules, each as it stands in the file. */
        public List<? extends Map<String, Object>> all() {
            return rules;
        }
    }
}
