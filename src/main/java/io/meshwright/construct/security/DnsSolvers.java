package io.meshwright.construct.security;

import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01AzureDns;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01AzureDnsClientSecretSecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01AzureDnsEnvironment;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01AzureDnsManagedIdentity;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01CloudDns;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01CloudDnsServiceAccountSecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01Cloudflare;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01CloudflareApiTokenSecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01Route53;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01Route53AccessKeyIdSecretRef;
import imports.io.cert_manager.ClusterIssuerSpecAcmeSolversDns01Route53SecretAccessKeySecretRef;
import io.meshwright.value.SecretRef;
import io.meshwright.value.security.DnsProvider;
import io.meshwright.value.security.DnsProvider.AzureDns;
import io.meshwright.value.security.DnsProvider.CloudDns;
import io.meshwright.value.security.DnsProvider.Route53;

/**
 * Solvers by which cert-manager writes records at each provider. Without a key it is known by its own pods' identity,
 * which a ClusterIssuer may use (cert-manager.io, cluster-issuer-ambient-credentials).
 */
final class DnsSolvers {
    private DnsSolvers() {}

    static ClusterIssuerSpecAcmeSolversDns01 cloudflare(SecretRef token) {
        return ClusterIssuerSpecAcmeSolversDns01.builder()
                .cloudflare(ClusterIssuerSpecAcmeSolversDns01Cloudflare.builder()
                        .apiTokenSecretRef(ClusterIssuerSpecAcmeSolversDns01CloudflareApiTokenSecretRef.builder()
                                .name(token.name())
                                .key(token.key().orElseThrow())
                                .build())
                        .build())
                .build();
    }

    static ClusterIssuerSpecAcmeSolversDns01 of(DnsProvider provider) {
        ClusterIssuerSpecAcmeSolversDns01.Builder records = ClusterIssuerSpecAcmeSolversDns01.builder();
        if (provider instanceof Route53 route53) {
            records.route53(route53(route53));
        } else if (provider instanceof CloudDns cloud) {
            records.cloudDns(cloudDns(cloud));
        } else if (provider instanceof AzureDns azure) {
            records.azureDns(azureDns(azure));
        }
        return records.build();
    }

    private static ClusterIssuerSpecAcmeSolversDns01Route53 route53(Route53 route53) {
        ClusterIssuerSpecAcmeSolversDns01Route53.Builder records = ClusterIssuerSpecAcmeSolversDns01Route53.builder()
                .region(route53.region())
                .hostedZoneId(route53.hostedZoneID());
        if (route53.accessKeyID() != null && route53.secretAccessKey() != null) {
            records.accessKeyIdSecretRef(ClusterIssuerSpecAcmeSolversDns01Route53AccessKeyIdSecretRef.builder()
                            .name(route53.accessKeyID().name())
                            .key(route53.accessKeyID().key().orElseThrow())
                            .build())
                    .secretAccessKeySecretRef(ClusterIssuerSpecAcmeSolversDns01Route53SecretAccessKeySecretRef.builder()
                            .name(route53.secretAccessKey().name())
                            .key(route53.secretAccessKey().key().orElseThrow())
                            .build());
        }
        return records.build();
    }

    private static ClusterIssuerSpecAcmeSolversDns01CloudDns cloudDns(CloudDns cloud) {
        ClusterIssuerSpecAcmeSolversDns01CloudDns.Builder records = ClusterIssuerSpecAcmeSolversDns01CloudDns.builder()
                .project(cloud.project())
                .hostedZoneName(cloud.hostedZoneName());
        if (cloud.serviceAccountKey() != null) {
            records.serviceAccountSecretRef(ClusterIssuerSpecAcmeSolversDns01CloudDnsServiceAccountSecretRef.builder()
                    .name(cloud.serviceAccountKey().name())
                    .key(cloud.serviceAccountKey().key().orElseThrow())
                    .build());
        }
        return records.build();
    }

    private static ClusterIssuerSpecAcmeSolversDns01AzureDns azureDns(AzureDns azure) {
        ClusterIssuerSpecAcmeSolversDns01AzureDns.Builder records = ClusterIssuerSpecAcmeSolversDns01AzureDns.builder()
                .subscriptionId(azure.subscriptionID())
                .resourceGroupName(azure.resourceGroupName())
                .hostedZoneName(azure.hostedZoneName())
                .environment(
                        switch (azure.environment()) {
                            case PUBLIC -> ClusterIssuerSpecAcmeSolversDns01AzureDnsEnvironment.AZURE_PUBLIC_CLOUD;
                            case CHINA -> ClusterIssuerSpecAcmeSolversDns01AzureDnsEnvironment.AZURE_CHINA_CLOUD;
                            case US_GOVERNMENT ->
                                ClusterIssuerSpecAcmeSolversDns01AzureDnsEnvironment.AZURE_US_GOVERNMENT_CLOUD;
                        });
        return (azure.clientSecret() == null
                        ? records.managedIdentity(ClusterIssuerSpecAcmeSolversDns01AzureDnsManagedIdentity.builder()
                                .clientId(azure.clientID())
                                .build())
                        : application(records, azure, azure.clientSecret()))
                .build();
    }

    private static ClusterIssuerSpecAcmeSolversDns01AzureDns.Builder application(
            ClusterIssuerSpecAcmeSolversDns01AzureDns.Builder records, AzureDns azure, SecretRef secret) {
        return records.clientId(azure.clientID())
                .tenantId(azure.tenantID())
                .clientSecretSecretRef(ClusterIssuerSpecAcmeSolversDns01AzureDnsClientSecretSecretRef.builder()
                        .name(secret.name())
                        .key(secret.key().orElseThrow())
                        .build());
    }
}
