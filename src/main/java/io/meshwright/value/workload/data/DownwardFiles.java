package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of the pod as files, which follow labels and annotations while it runs. */
@Doc("Fields of the pod as files, which follow labels and annotations while it runs.")
public record DownwardFiles(
        @Required List<Item> items,

        @Nullable @Doc("Permissions of the files, in quotes, such as \"0440\"; default: Kubernetes' 0644.")
        FileMode defaultMode) {
    public DownwardFiles {
        Require.notEmpty("items", Require.present("items", items));
        items = List.copyOf(items);
        KeyFile.apart(items.stream().map(Item::path).toList());
    }

    /** The same, of this container where resources name none: the API server wants one of each. */
    public DownwardFiles resourcesOf(Name container) {
        return new DownwardFiles(
                items.stream()
                        .map(item -> item.resourceFieldRef() == null
                                ? item
                                : new Item(
                                        item.path(),
                                        null,
                                        item.resourceFieldRef().orOf(container),
                                        item.mode()))
                        .toList(),
                defaultMode);
    }

    /** One field as a file. */
    @Doc("One field as a file.")
    @Sample("{path: labels, fieldRef: metadata.labels}")
    public record Item(
            @Required @Doc("Path of its file below the mount, such as labels.")
            String path,

            @Nullable @Doc("A field of the pod, such as metadata.labels.") @Sample("metadata.labels")
            FieldRef fieldRef,

            @Nullable @Doc("What a container requests, or its limit, such as limits.memory.")
            ResourceFieldRef resourceFieldRef,

            @Nullable @Doc("Permissions of this file, in quotes, such as \"0440\"; default: defaultMode.")
            FileMode mode) {
        public Item {
            DataKey.checkPath("path", Require.present("path", path));
            Require.that(
                    (fieldRef == null) != (resourceFieldRef == null),
                    "",
                    "is not exactly one of fieldRef and resourceFieldRef",
                    "give one of them");
            if (fieldRef != null) {
                fieldRef.asFile("fieldRef");
            }
        }
    }
}
