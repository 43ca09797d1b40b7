package com.example.shop

import io.meshwright.construct.SecureService
import io.meshwright.environment.Service
import io.meshwright.extension.EnvironmentExtension
import io.meshwright.extension.Platform
import io.meshwright.value.ImageReference
import io.meshwright.value.Name
import io.meshwright.value.workload.Container
import io.meshwright.value.workload.PodSettings
import io.meshwright.value.workload.Probes
import io.meshwright.value.workload.Resources
import org.cdk8s.Chart

/** Reviews of the shop's goods: a service behind the shop's gateway, as large as the shop itself. */
class Reviews : EnvironmentExtension {
    override fun extend(platform: Platform) {
        val web = Name.of("web")
        val reviews = SecureService.Builder.create(Chart(platform.app(), "reviews"), "reviews")
            .name("reviews").namespace("shop")
            .container(container(platform.environment().services().getValue(web)))
            .settings(PodSettings.builder().nodeSelector(mapOf("disk" to "ssd")).build())
            .http(80, 8080)
            .allowGateway(platform.gateway())
            .allow(platform.service(web))
            .mtls(platform.parties().mtls())
            .guards(platform.guards())
            .build()

        reviews.controllers().forEach { it.metadata.addLabel("team", "reviews") }
        platform.gateway().expose(reviews, "reviews.example.org")
    }

    /** Services whose pods others run have no container, and so no resources to take over. */
    private fun container(like: Service) = Container.builder()
        .image(ImageReference.of("ghcr.io/example/reviews:1.0.0"))
        .resources(like.container()?.resources() ?: Resources.of("50m", "64Mi", "128Mi"))
        .probes(Probes.http("/healthz"))
        .env("MODE", "fast")
        .build()
}
