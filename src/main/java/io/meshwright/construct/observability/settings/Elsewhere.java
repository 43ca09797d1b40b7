package io.meshwright.construct.observability.settings;

import io.meshwright.value.Url;

/**
 * The place of a tool that others run.
 *
 * @param called its URL for pods of the cluster, no slash at the end
 * @param shown its URL for people
 */
public record Elsewhere(String called, String shown) {
    /** A Service of the cluster, by host, port and prefix. */
    public static Elsewhere inCluster(String address) {
        String url = "http://%s".formatted(address);
        return new Elsewhere(url, url);
    }

    /** One address for everybody. */
    public static Elsewhere at(Url url) {
        String text = url.toString().replaceFirst("/+$", "");
        return new Elsewhere(text, text);
    }
}
