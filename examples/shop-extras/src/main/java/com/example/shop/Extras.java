package com.example.shop;

import io.meshwright.construct.SecureService;
import io.meshwright.extension.EnvironmentExtension;
import io.meshwright.extension.Platform;
import io.meshwright.value.Name;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.Chart;
import org.cdk8s.plus34.ConfigMap;

/** Thumbnails of the shop's pictures: a service with terms of its own, behind the shop's gateway. */
public final class Extras implements EnvironmentExtension {
    private static final String SHOP = "shop";

    @Override
    public void extend(Platform platform) {
        Chart extras = new Chart(platform.app(), "extras");
        ConfigMap terms = ConfigMap.Builder.create(extras, "terms")
                .metadata(ApiObjectMetadata.builder()
                        .name("thumbnail-terms")
                        .namespace(SHOP)
                        .build())
                .data(Map.of("terms.txt", "for the shop alone\n"))
                .build();

        SecureService thumbnails = SecureService.Builder.create(extras, "thumbnails")
                .name("thumbnails")
                .namespace(SHOP)
                .image("ghcr.io/example/thumbnails:1.0.0")
                .resources("50m", "64Mi", "128Mi")
                .ready("/healthz")
                .http(80, 8080)
                .mount("/etc/terms", terms)
                .allowGateway(platform.gateway())
                .allow(platform.service(Name.of("web")))
                .mtls(platform.parties().mtls())
                .guards(platform.guards())
                .build();

        platform.gateway().expose(thumbnails, "thumbnails.example.org");
    }
}
