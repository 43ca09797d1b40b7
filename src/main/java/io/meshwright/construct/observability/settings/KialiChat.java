package io.meshwright.construct.observability.settings;

import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;

/**
 * The model that Kiali's chat asks.
 *
 * @param provider a name of one's own, which people see
 * @param azure whether it speaks as Azure OpenAI does, by deployments
 * @param endpoint address of the resource, or of the server before {@code /chat/completions}
 * @param model name of the model or the deployment
 * @param key of the model, in Kiali's namespace
 */
public record KialiChat(Name provider, boolean azure, Url endpoint, String model, SecretRef key) {}
