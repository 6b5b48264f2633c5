package courier.mongodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.mongodb.client.MongoIterable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Stored documents as JSON: a date is RFC 3339 with milliseconds, bytes are a string when they are
 * UTF-8 and {@code {"base64":"…"}} when they are not. The members of a message are as they were
 * sent.
 */
public final class StoredJson {
  static final ObjectWriter WRITER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .addModule(
              new SimpleModule()
                  .addSerializer(Document.class, new Documents())
                  .addSerializer(MongoIterable.class, serializer(StoredJson::found))
                  .addSerializer(Date.class, serializer(StoredJson::date))
                  .addSerializer(Binary.class, serializer(StoredJson::bytes))
                  .addSerializer(
                      Decimal128.class, serializer((v, g) -> g.writeNumber(v.bigDecimalValue())))
                  .addSerializer(
                      ObjectId.class, serializer((v, g) -> g.writeString(v.toHexString()))))
          .build()
          .writer();

  private StoredJson() {}

  /** As UTF-8. */
  public static byte[] of(Object stored) {
    try {
      return WRITER.writeValueAsBytes(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void found(MongoIterable<?> value, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Object each : value) {
      json.writePOJO(each);
    }
    json.writeEndArray();
  }

  private static void date(Date value, JsonGenerator json) throws IOException {
    json.writeString(Rfc3339.format(value.toInstant()));
  }

  private static void bytes(Binary value, JsonGenerator json) throws IOException {
    try {
      json.writeString(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.getData())).toString());
    } catch (CharacterCodingException e) {
      json.writePOJO(Map.of("base64", value.getData()));
    }
  }

  /** One that is not inside of another may be a message. */
  private static final class Documents extends JsonSerializer<Document> {
    @Override
    public void serialize(Document value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      Map<String, Object> shown =
          json.getOutputContext().inRoot() ? OtherMembers.shown(value) : value;
      json.writeStartObject(value);
      for (Map.Entry<String, Object> member : shown.entrySet()) {
        provider.defaultSerializeField(member.getKey(), member.getValue(), json);
      }
      json.writeEndObject();
    }
  }

  private interface Write<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private static <T> JsonSerializer<T> serializer(Write<T> write) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        write.write(value, json);
      }
    };
  }
}
