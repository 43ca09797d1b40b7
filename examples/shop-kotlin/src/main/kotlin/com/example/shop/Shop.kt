package com.example.shop

import io.meshwright.construct.MeshGateway
import io.meshwright.construct.SecureService
import io.meshwright.construct.WrittenDefaults
import org.cdk8s.App
import org.cdk8s.AppProps
import org.cdk8s.Chart

/** The shop in an App of its own, without an environment file: written to the folder that is given. */
fun main(args: Array<String>) {
    val app = App(AppProps.builder().outdir(args.single()).build())
    val shop = Chart(app, "shop")

    val web = SecureService.Builder.create(shop, "web")
        .name("web").namespace("shop")
        .image("ghcr.io/example/web:1.0.0").resources("50m", "64Mi", "128Mi").ready("/healthz")
        .http(80, 8080)
        .build()
    MeshGateway.Builder.create(shop, "gateway")
        .name("shop").namespace("shop")
        .http(80, "shop.example.org")
        .build()
        .expose(web, "shop.example.org")

    WrittenDefaults.write(app)
    app.synth()
}
