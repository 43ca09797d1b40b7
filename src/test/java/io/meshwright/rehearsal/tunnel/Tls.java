package io.meshwright.rehearsal.tunnel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS of the test: one key, and one certificate that vouches for itself, on both sides. */
record Tls(KeyMaker keys, Identity identity) {
    /** The certificate is for these names, as applications and hosts outside that speak TLS have one. */
    static Tls in(Path folder, Collection<String> names) throws IOException {
        KeyMaker keys = KeyMaker.in(folder);
        String certificate = keys.certificate(names);
        return new Tls(keys, new Identity(certificate, keys.key(), certificate));
    }

    /** Shows the certificate, on either side. */
    SSLContext certified() throws IOException, GeneralSecurityException {
        return context(keyManagers());
    }

    /** A client that has none. Everybody is trusted, since Envoys look at one another's. */
    static SSLContext anonymous() throws GeneralSecurityException {
        return context(new KeyManager[0]);
    }

    private static SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.chain().getBytes(StandardCharsets.US_ASCII)));
        byte[] key = Base64.getMimeDecoder()
                .decode(identity.key().replaceAll("-----[A-Z ]+-----", "").strip());
        PrivateKey secret = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tunnel", secret, new char[0], new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** No certificate is looked at here: Envoys look at one another's. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
