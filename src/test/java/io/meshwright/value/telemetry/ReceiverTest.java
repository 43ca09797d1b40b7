package io.meshwright.value.telemetry;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Email;
import io.meshwright.value.Port;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.telemetry.Receiver.Mail;
import io.meshwright.value.telemetry.Receiver.Opsgenie;
import io.meshwright.value.telemetry.Receiver.PagerDuty;
import io.meshwright.value.telemetry.Receiver.Teams;
import io.meshwright.value.telemetry.Receiver.Webhook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {
    private static final SecretRef KEY = SecretRef.of("alerts/key");
    private static final Email PLATFORM = Email.of("platform@example.org");
    private static final Url PLAIN = Url.of("http://events.example.org/");

    @Test
    void is_told_of_every_alert_and_of_its_end_unless_it_says_otherwise() {
        assertThat(new Teams(KEY, null, null).severities())
                .containsExactly(AlertSeverity.CRITICAL, AlertSeverity.WARNING);
        assertThat(new Teams(KEY, List.of(AlertSeverity.WARNING, AlertSeverity.WARNING), false))
                .extracting(Teams::severities, Teams::sendResolved)
                .containsExactly(List.of(AlertSeverity.WARNING), false);
        assertRefused(() -> new Teams(KEY, List.of(), null)).isEqualTo("severities: is empty; give at least one entry");
        assertThat(AlertSeverity.CRITICAL.label()).isEqualTo("critical");
    }

    @Test
    void reads_its_secret_and_is_called_at_its_port() {
        assertReads(new Teams(KEY, null, null), 443, "address of the Teams webhook", KEY);
        assertReads(new PagerDuty(KEY, null, null, null), 443, "integration key of PagerDuty", KEY);
        assertReads(
                new PagerDuty(KEY, Url.of("https://events.example.org:8443/"), null, null),
                8443,
                "integration key of PagerDuty",
                KEY);
        assertReads(new Opsgenie(KEY, null, null, null), 443, "API key of Opsgenie", KEY);
        assertReads(new Webhook(KEY, null, null, null, null, null), 443, "address of the webhook", KEY);
        assertReads(
                new Webhook(KEY, Port.of(8443), SecretRef.of("alerts/token"), ObjectName.of("pair"), null, null),
                8443,
                "address of the webhook",
                KEY,
                SecretRef.of("alerts/token"),
                SecretRef.of("pair/ca.crt"),
                SecretRef.of("pair/tls.crt"),
                SecretRef.of("pair/tls.key"));
        assertReads(mail("mail.example.org:587", null, null, null), 587, "password of the mail relay");
        assertReads(mail("mail.example.org:465", "me", KEY, null), 465, "password of the mail relay", KEY);
    }

    @Test
    void a_secret_is_named_with_its_key() {
        SecretRef secret = SecretRef.of("alerts");
        String told = ": \"alerts\" names no key; write secret/key";

        assertRefused(() -> new Teams(secret, null, null)).isEqualTo("webhookUrl" + told);
        assertRefused(() -> new PagerDuty(secret, null, null, null)).isEqualTo("routingKey" + told);
        assertRefused(() -> new Opsgenie(secret, null, null, null)).isEqualTo("apiKey" + told);
        assertRefused(() -> new Webhook(secret, null, null, null, null, null)).isEqualTo("url" + told);
        assertRefused(() -> new Webhook(KEY, null, secret, null, null, null)).isEqualTo("token" + told);
        assertRefused(() -> mail("mail.example.org:587", "me", secret, null)).isEqualTo("password" + told);
    }

    @Test
    void no_key_is_sent_in_plain_text() {
        String told = ": \"http://events.example.org/\" would send a key in plain text; write it with https";

        assertRefused(() -> new PagerDuty(KEY, PLAIN, null, null)).isEqualTo("url" + told);
        assertRefused(() -> new Opsgenie(KEY, PLAIN, null, null)).isEqualTo("apiUrl" + told);
        assertThat(mail("mail.example.org:25", null, null, false).requireTls()).isFalse();
        assertRefused(() -> mail("mail.example.org:25", "me", KEY, false))
                .isEqualTo("requireTls: lets the password travel in plain text; remove it, or username and password");
    }

    @Test
    void a_user_of_the_relay_has_a_password() {
        assertRefused(() -> mail("mail.example.org:587", "me", null, null))
                .isEqualTo("password: is missing; add it, or remove username");
        assertRefused(() -> mail("mail.example.org:587", null, KEY, null)).isEqualTo("username: is missing; add it");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65535})
    void a_relay_listens_at_a_port(int port) {
        assertThat(mail("mail.example.org:" + port, null, null, null).port()).isEqualTo(Port.of(port));
    }

    @Test
    void refuses_a_relay_at_no_port() {
        assertRefused(() -> mail("mail.example.org:65536", null, null, null))
                .startsWith("smarthost: \"65536\" is not between 1 and 65535");
    }

    private static void assertReads(Receiver receiver, int port, String words, SecretRef... secrets) {
        assertThat(receiver.port()).isEqualTo(Port.of(port));
        assertThat(receiver.secretWords()).isEqualTo(words);
        assertThat(receiver.secrets()).containsExactly(secrets);
        assertThat(receiver.sendResolved()).isTrue();
    }

    private static Mail mail(String smarthost, String user, SecretRef password, Boolean requireTls) {
        return new Mail(smarthost, PLATFORM, List.of(PLATFORM), user, password, requireTls, null, null);
    }
}
