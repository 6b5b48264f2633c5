package courier.config;

import java.util.List;

/** Refuses what a service would only stumble over when the servers run already. */
final class SettingsCheck {
  private static final List<String> MODES = List.of("none", "none-on-the-network", "jwt");

  private SettingsCheck() {}

  /**
   * @throws StartupException with what to write instead
   */
  static void check(Settings settings) {
    String mode = settings.get("auth.mode");
    if (!MODES.contains(mode)) {
      throw new StartupException(
          "auth.mode is \"%s\": give jwt, none, or none-on-the-network.".formatted(mode));
    }
    if (settings.asksWho()) {
      IdentitySettings.rules(settings);
    }
    LimitSettings.check(settings);
    settings.millis("startup.timeout");
    settings.millis("outage.planned");
    settings.millis("shutdown.timeout");
    settings.drainMillis();
    settings.number("retry.attempts", 0, Integer.MAX_VALUE, "give a number");
    settings.number("retry.delay", 0, Integer.MAX_VALUE, "give a number of milliseconds");
    settings.count("replay.max-attempts");
    settings.count("replay.max-failures");
  }
}
