package io.meshwright.environment.aiops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Url;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Model.Key KEY = new Model.Key("KEY", null);

    @Test
    void is_reached_by_https_alone() {
        assertThat(new Model.OpenAi(Url.of("https://models.example.org/v1"), "llama", KEY).url())
                .isEqualTo(Url.of("https://models.example.org/v1"));
        assertThatThrownBy(() -> new Model.OpenAi(Url.of("http://models.example.org/v1"), "llama", KEY))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("url: http://models.example.org/v1 is no https address");
        assertThatThrownBy(
                        () -> new Model.AzureOpenAi(Url.of("https://a.example.org/?key=1"), "gpt", "2024-10-21", KEY))
                .hasMessageContaining("or has a query");
    }

    @Test
    void names_a_deployment_and_a_release_that_fit_into_an_address() {
        Url url = Url.of("https://a.openai.azure.com");

        assertThatThrownBy(() -> new Model.AzureOpenAi(url, "gpt 4?", "2024-10-21", KEY))
                .hasMessageStartingWith("deployment: ");
        assertThatThrownBy(() -> new Model.AzureOpenAi(url, "gpt-4o", "latest", KEY))
                .hasMessageContaining("is no release of the API; write a day such as 2024-10-21");
    }

    @Test
    void has_its_key_in_one_place_and_never_in_the_file() {
        assertThatThrownBy(() -> new Model.Key(null, null)).hasMessageContaining("neither variable nor file");
        assertThatThrownBy(() -> new Model.Key("KEY", "/run/key")).hasMessageContaining("both variable and file");
        assertThatThrownBy(() -> new Model.Key("sk-0123", null))
                .hasMessageContaining("is no name of a variable; write one such as AZURE_OPENAI_API_KEY");
    }
}
