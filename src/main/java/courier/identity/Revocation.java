package courier.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;

/**
 * That a token is good no more, or no token of a person that was issued until then: a record of the
 * topic of revocations, {@code {"token"|"person","at","by"}}.
 *
 * @param token its {@code jti}, or null
 * @param person the {@code sub}, or null
 * @param at RFC 3339
 * @param by who revoked it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Revocation(
    @JsonProperty("token") String token,
    @JsonProperty("person") String person,
    @JsonProperty("at") String at,
    @JsonProperty("by") String by) {
  private static final JsonMapper JSON = new JsonMapper();

  /** What the topic's compaction keeps one of. */
  String key() {
    return token == null ? "person:" + person : "token:" + token;
  }

  Instant until() {
    return Instant.parse(at);
  }

  byte[] toJson() throws JsonProcessingException {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * @throws IOException when it is none
   */
  static Revocation of(byte[] json) throws IOException {
    return JSON.readValue(json, Revocation.class);
  }
}
