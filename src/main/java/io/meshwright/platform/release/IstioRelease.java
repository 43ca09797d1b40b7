package io.meshwright.platform.release;

import io.meshwright.value.Version;

/**
 * One Istio release: its charts carry its own version.
 *
 * @param hub registry path of its images, such as {@code docker.io/istio}
 */
public record IstioRelease(Version version, String hub, String repository) {
    public Chart base() {
        return chart("base");
    }

    public Chart istiod() {
        return chart("istiod");
    }

    public Chart cni() {
        return chart("cni");
    }

    public Chart gateway() {
        return chart("gateway");
    }

    /** The name by which this release's control plane stands beside another one: {@code 1-30-5}. */
    public String revision() {
        return version.value().replace('.', '-');
    }

    private Chart chart(String name) {
        return new Chart(name, version.value(), repository);
    }
}
