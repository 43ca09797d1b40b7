package io.meshwright.environment.aiops;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HolmesGPT beside {@code meshwright mcp}: answers questions about the cluster by a language model, and only reads. */
@Doc("HolmesGPT, which answers questions about the cluster by a language model and may only read.")
public record Assistant(
        @Required @Doc("Namespace of its pod, one of namespaces with inject: true.")
        Name namespace,

        @Required
        @Doc("Image of HolmesGPT with its digest, such as docker.io/robustadev/holmes:0.46.0@sha256:…")
        @Sample(
                "docker.io/robustadev/holmes:0.46.0@sha256:1111111111111111111111111111111111111111111111111111111111111111")
        ImageReference image,

        @Required
        @Doc("Image of Meshwright with its digest, whose mcp answers beside it from the manifests of this environment.")
        @Sample(
                "registry.example.org/meshwright:0.1.0@sha256:2222222222222222222222222222222222222222222222222222222222222222")
        ImageReference server,

        @Required @Doc("The model that it asks: a name in aiOps.models, whose host is an entry of externals.")
        Name model,

        @Required @Doc("Key of the model in a Secret of its namespace, written secret/key.") @Sample("holmes/model-key")
        SecretRef modelKey,

        @Required
        @Doc("What its callers show as X-API-Key, in a Secret of its namespace, written secret/key.")
        @Sample("holmes/api-key")
        SecretRef apiKey,

        @Required
        @Doc("What it shows to mcp beside it: 32 to 512 letters and digits in a Secret that holds nothing else.")
        @Sample("holmes-server/token")
        SecretRef serverToken,

        @Nullable
        @Doc("Token of Argo CD's account holmes, which only reads, written secret/key; default: it does not ask"
                + " Argo CD.")
        @Sample("holmes-argocd/token")
        SecretRef argoCdToken,

        @Defaulted @Doc("ConfigMaps that it may read, by namespace; default: none.") @Sample("{shop: [settings]}")
        Map<Name, List<ObjectName>> configMaps,

        @Defaulted
        @Doc("Blocks with the API server's addresses; default: every address, at its ports 443 and 6443.")
        @Sample("[10.0.0.1/32]")
        List<Cidr> apiServer,

        @Defaulted @Doc("Services that may call it; default: nobody but people, by kubectl port-forward.")
        List<Caller> allowFrom) {
    /** Name of its Service, workload and account. */
    public static final Name NAME = Name.of("holmes");

    public Assistant {
        Require.present("namespace", namespace);
        digest("image", image);
        digest("server", server);
        Require.present("model", model);
        Require.present("modelKey", modelKey).keyed("modelKey");
        Require.present("apiKey", apiKey).keyed("apiKey");
        Require.present("serverToken", serverToken).keyed("serverToken");
        if (argoCdToken != null) {
            argoCdToken.keyed("argoCdToken");
        }
        String own = serverToken.name();
        Require.that(
                !own.equals(modelKey.name())
                        && !own.equals(apiKey.name())
                        && (argoCdToken == null || !own.equals(argoCdToken.name())),
                "serverToken",
                "lies in Secret \"%s\" beside other keys, and its program needs none of them".formatted(own),
                "give it a Secret of its own");
        configMaps = configMaps == null ? Map.of() : new LinkedHashMap<>(configMaps);
        configMaps.forEach((home, names) -> Require.that(
                !names.isEmpty(), "configMaps.%s".formatted(home), "names no ConfigMap", "name one, or remove it"));
        apiServer = apiServer == null ? List.of() : List.copyOf(apiServer);
        allowFrom = allowFrom == null ? List.of() : List.copyOf(allowFrom);
    }

    private static void digest(String key, ImageReference image) {
        Require.that(
                Require.present(key, image).digest().isPresent(),
                key,
                "\"%s\" has no digest, and whoever moves the tag changes what reads the cluster".formatted(image),
                "write %s@sha256:… as the registry shows it".formatted(image));
    }
}
