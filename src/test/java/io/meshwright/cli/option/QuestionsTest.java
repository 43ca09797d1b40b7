package io.meshwright.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Name;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QuestionsTest {
    private final StringWriter asked = new StringWriter();

    @Test
    void a_person_is_asked_for_what_no_option_says() throws IOException {
        NewEnvironment wanted = new NewEnvironment();
        CommandLine.populateCommand(wanted, "--host", "shop.example.org");
        Questions questions =
                questions("metallb\n10.0.0.9\n\nhttps://git.example.org/a.git\nweb=docker.io/library/nginx:1.29.1\n");

        String text = wanted.draft(Name.of("shop"), questions).text();

        assertThat(asked.toString())
                .startsWith(
                        "platform: azure, eks, gke, kind, metallb or onPremises: address of the gateway: Istio [1.31]: ")
                .doesNotContain("host of the services");
        assertThat(text)
                .contains("addresses: [10.0.0.9/32]", "address: 10.0.0.9", "image: docker.io/library/nginx:1.29.1");
    }

    @Test
    void an_empty_answer_is_none() throws IOException {
        Questions questions = questions("\n");

        assertThat(questions.ask("--host", null, "host", null)).isEmpty();
        assertThat(questions.missing()).containsExactly("--host");
    }

    private Questions questions(String answers) {
        return Questions.answered(new BufferedReader(new StringReader(answers)), new PrintWriter(asked, true));
    }
}
