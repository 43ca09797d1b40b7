package io.meshwright.incident.ask;

import java.net.URI;
import java.util.Optional;

/**
 * The address at which a model is asked, and the form in which it wants its key.
 *
 * @param header the header that carries the key
 * @param prefix what stands before the key in it
 * @param model what the body calls the model; empty where the address says it
 */
public record Endpoint(URI address, String header, String prefix, Optional<String> model) {
    /** A deployment of Azure OpenAI (learn.microsoft.com, Azure OpenAI REST API reference, chat completions). */
    public static Endpoint azure(String resource, String deployment, String apiVersion) {
        return new Endpoint(
                URI.create("%s/openai/deployments/%s/chat/completions?api-version=%s"
                        .formatted(bare(resource), deployment, apiVersion)),
                "api-key",
                "",
                Optional.empty());
    }

    /** A server that speaks as OpenAI's does (platform.openai.com, API reference, chat completions). */
    public static Endpoint openAi(String base, String model) {
        return new Endpoint(
                URI.create("%s/chat/completions".formatted(bare(base))),
                "Authorization",
                "Bearer ",
                Optional.of(model));
    }

    private static String bare(String address) {
        return address.replaceFirst("/+$", "");
    }
}
