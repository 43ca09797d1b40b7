package io.meshwright.environment;

import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;

/** How Argo CD finds what was synthesized. */
@Doc("How Argo CD finds what was synthesized.")
public record Delivery(
    @Required @Doc("Git repository that holds dist/.") Url repository,
    @Doc("Branch, tag or commit; default main.") String revision,
    @Doc("Folder of this environment; default dist/<name>.") String path,
    @Doc("Host of Argo CD's own pages on the gateway; default: not exposed.") Host host,
    @Doc("Where failed syncs are told; default nowhere.") Notifications notifications,
    @Doc("Other clusters that this Argo CD delivers to; default none.") Fleet fleet) {

  public Delivery {
    Require.present("repository", repository);
    revision = revision == null ? "main" : revision;
  }

  /** The folder of an environment. */
  public String pathOf(Metadata metadata) {
    return path == null ? "dist/%s".formatted(metadata.name()) : path;
  }

  /** Messages to a Slack channel. */
  @Doc("Messages to a Slack channel.")
  public record Notifications(
      @Required @Doc("Channel, without #.") String slackChannel,
      @Required @Doc("Bot token, as secret/key in the argocd namespace.") SecretRef slackToken) {

    public Notifications {
      Require.notBlank("slackChannel", slackChannel);
      Require.present("slackToken", slackToken);
    }
  }
}
