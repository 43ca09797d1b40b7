package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Unreadable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Helm values that lie beside objects, in a folder that is no chart itself: something that is not among the manifests,
 * such as Terraform or a script, installs a chart with them, most likely into the namespace of these objects.
 */
final class ValuesBeside {
    private static final Pattern VALUES = Pattern.compile("([\\w.-]*[-_.])?values([-_.][\\w.-]+)?\\.ya?ml");
    private static final String CHART = "Chart.yaml";

    private final Set<String> namespaces = new TreeSet<>();

    ValuesBeside(Manifests manifests, List<Unreadable> unread) {
        Set<String> folders = new TreeSet<>();
        Set<String> charts = new TreeSet<>();
        for (Unreadable each : unread) {
            String file = each.place().file().replace('\\', '/');
            int end = file.lastIndexOf('/');
            String name = file.substring(end + 1);
            if (name.equals(CHART)) {
                charts.add(folder(file));
            } else if (each.flaw() == Unreadable.Flaw.FOREIGN
                    && VALUES.matcher(name).matches()) {
                folders.add(folder(file));
            }
        }
        folders.removeAll(charts);
        if (!folders.isEmpty()) {
            manifests.all().stream()
                    .filter(object -> object.namespace().isPresent())
                    .filter(object ->
                            folders.contains(folder(object.place().file().replace('\\', '/'))))
                    .map(Manifest::home)
                    .forEach(namespaces::add);
        }
    }

    private static String folder(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** True if values lie beside objects of the namespace. */
    boolean lieIn(String namespace) {
        return namespaces.contains(namespace);
    }
}
