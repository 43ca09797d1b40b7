package io.meshwright.stack;

import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.environment.AssistantService;
import io.meshwright.environment.Environment;
import io.meshwright.environment.aiops.Assistant;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ConfigMap from which {@code meshwright mcp} answers beside the assistant: every object of the environment, a file
 * for each stack, without Secrets, and without ConfigMaps, which nobody asks about and which may hold anything.
 */
final class AssistantManifests {
    private static final Set<String> LEFT_OUT =
            Set.of("Secret", "ConfigMap", "CustomResourceDefinition", RenderedObject.VALUES);
    private static final int LONGEST = 1_000_000; // of 1048576 bytes that a ConfigMap holds; the rest is its metadata

    private AssistantManifests() {}

    /** The same objects, and with them the ConfigMap where the environment has an assistant. */
    static List<RenderedObject> beside(Environment environment, List<RenderedObject> objects) {
        Assistant assistant =
                environment.aiOps() == null ? null : environment.aiOps().assistant();
        if (assistant == null) {
            return objects;
        }
        SortedMap<String, StringBuilder> files = new TreeMap<>();
        objects.stream()
                .filter(object -> !LEFT_OUT.contains(object.kind()))
                .forEach(
                        object -> files.computeIfAbsent("%s.yaml".formatted(object.stack()), any -> new StringBuilder())
                                .append("---\n")
                                .append(object.text()));
        int bytes = files.values().stream()
                .mapToInt(text -> text.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > LONGEST) {
            throw new InvalidValue(
                    KeyPath.of("aiOps.assistant"),
                    "answers from the manifests in a ConfigMap, which holds %d bytes, and they have %d"
                            .formatted(LONGEST, bytes),
                    "remove it, and let people ask meshwright mcp where they work");
        }
        List<RenderedObject> all = new ArrayList<>(objects);
        all.add(new RenderedObject(
                ServicesStack.ID,
                "ConfigMap",
                assistant.namespace().toString(),
                AssistantService.MANIFESTS.toString(),
                text(assistant, files),
                "%s/%s/manifests".formatted(ServicesStack.ID, Assistant.NAME)));
        return all;
    }

    private static String text(Assistant assistant, SortedMap<String, StringBuilder> files) {
        Section data = Section.empty();
        files.forEach((file, text) -> data.with(file, text.toString()));
        return ConfigText.yaml(Section.of("apiVersion", "v1")
                .with("data", data)
                .with("kind", "ConfigMap")
                .with(
                        "metadata",
                        Section.of("name", AssistantService.MANIFESTS.toString())
                                .with("namespace", assistant.namespace().toString())));
    }
}
