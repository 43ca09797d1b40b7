package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.InvalidValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        '{sampling: 0.1}'                       | '{sampling: 0.1}\n  mtls: PERMISSIVE'     | security
        'allowFrom: [orders]'                   | 'allowFrom: [orders, web]'                | callers of payments
        'allowFrom: [orders]'                   | 'allowFrom: [web]'                        | callers of payments
        'allowFrom: [orders]'                   | 'allowFrom: [{from: orders, methods: [GET]}]' | callers of payments
        'host: old.example.org, prefix: /'      | 'host: old.example.org, prefix: /a'       | routes of web
        'host: old.example.org, prefix: /'      | 'host: old.example.org, prefix: /, maxRequestBytes: 1Mi' | routes of web
        'stream: sse'                           | 'stream: {protocol: sse, heartbeat: 10s}' | routes of chat
        ', "legacy.example.org"]'               | ', "legacy.example.org", "a.example.org"]' | hosts
        """)
    void what_is_not_of_numbers_stays(String from, String to, String what) {
        String changed = Shop.text().replace(from, to.replace("\\n", "\n"));
        assertThat(changed).isNotEqualTo(Shop.text());

        assertThat(InvalidValue.thrownBy(() ->
                        Guard.refuse(Shop.environment(), Shop.accepted(changed).value())))
                .get()
                .extracting(InvalidValue::getMessage)
                .isEqualTo("%s: would change; change that by hand, if it is meant".formatted(what));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        timeout: 30s  | timeout: 10s
        replicas: 5   | replicas: 2
        sampling: 0.1 | sampling: 1
        '[web, chat]' | '[web]'
        """)
    void numbers_may_change_and_a_caller_may_go(String from, String to) {
        Guard.refuse(
                Shop.environment(), Shop.accepted(Shop.text().replace(from, to)).value());
    }
}
