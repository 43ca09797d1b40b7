package io.meshwright.value.workload;

import io.meshwright.value.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders that a known program's image brings filled and cannot start without, by the last segment of its name. */
final class FilledFolders {
    // Keycloak: kc.sh starts what lies in lib, quarkus/quarkus-application.dat first [keycloak/keycloak#44632, 26.3.5].
    // nginx: nginx.conf and mime.types; the official image's templates are written to conf.d, which may be empty
    // [nginx/docker-nginx, entrypoint/20-envsubst-on-templates.sh].
    private static final Map<String, List<String>> KNOWN = Map.of(
            "keycloak", List.of("/opt/keycloak/bin", "/opt/keycloak/lib/lib", "/opt/keycloak/lib/quarkus"),
            "nginx", List.of("/etc/nginx/nginx.conf"),
            "nginx-unprivileged", List.of("/etc/nginx/nginx.conf"));

    private FilledFolders() {}

    /** The folder of the image at or below a path, or around it. */
    static Optional<String> hiddenBy(String path, ImageReference image) {
        String repository = image.repository();
        String folder = path.replaceFirst("/+$", "");
        return KNOWN.getOrDefault(repository.substring(repository.lastIndexOf('/') + 1), List.of()).stream()
                .filter(needed -> isWithin(needed, folder) || isWithin(folder, needed))
                .findFirst();
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer.concat("/"));
    }
}
