package io.meshwright.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {
    /** Zones need one proof by records, and an answer on port 80 needs no zones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'cloudflareToken: cloudflare/token, zones: [example.org]' | ",
                "'dns01: {type: route53}, zones: [example.org]' | ",
                "'dns01: {type: route53}, zones: [example.org], http01: true' | ",
                "http01: true | ",
                "'cloudflareToken: cloudflare/token, dns01: {type: route53}, zones: [example.org]'"
                        + " | dns01: is given beside cloudflareToken",
                "http01: false | cloudflareToken: is missing",
                "'http01: true, zones: [example.org]' | zones: is proven by nobody",
                "'dns01: {type: route53}' | zones: is empty"
            })
    void ownership_of_names_is_proven_in_one_way_by_records_or_by_an_answer(String proof, String refusal) {
        Reading<Certificates> reading = RecordReader.read(
                "certificates.yaml",
                "email: ops@example.org\n%s\n"
                        .formatted(proof.replace(", zones", "\nzones")
                                .replace(", http01", "\nhttp01")
                                .replace(", dns01", "\ndns01"))
                        .getBytes(StandardCharsets.UTF_8),
                Certificates.class);

        if (refusal == null) {
            assertThat(reading).isInstanceOf(Reading.Accepted.class);
        } else {
            assertThat(reading)
                    .isInstanceOfSatisfying(
                            Reading.Refused.class,
                            refused -> assertThat(refused.problems().toString()).contains(refusal));
        }
    }
}
