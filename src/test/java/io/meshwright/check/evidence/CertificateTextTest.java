package io.meshwright.check.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void a_key_belongs_to_its_own_certificate_only(String algorithm) throws GeneralSecurityException {
        KeyPair own = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        assertThat(CertificateText.belong(own.getPublic(), own.getPrivate().getEncoded()))
                .isTrue();
        assertThat(CertificateText.belong(own.getPublic(), other.getPrivate().getEncoded()))
                .isFalse();
        assertThat(CertificateText.belong(own.getPublic(), new byte[] {1, 2, 3}))
                .isFalse();
    }
}
