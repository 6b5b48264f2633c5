package courier.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.deadletter.record.OriginalRecord;
import courier.kafka.RecordHeaders;
import courier.message.ClientARoutes;
import courier.message.ReadMessage;
import courier.message.Tally;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of a message in its trace. */
class TracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final OpenTelemetry telemetry =
      OpenTelemetrySdk.builder()
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(new Collected(spans)))
                  .build())
          .build();

  @RegisterExtension
  private final ClientARoutes clientA =
      new ClientARoutes("seda:in", context -> Tracing.install(context, telemetry));

  private record Collected(List<SpanData> spans) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private Headers send(String traceparent) {
    Message answer = clientA.send(ClientARoutes.HELLO, Map.of("traceparent", traceparent));
    assertEquals(202, answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
    assertFalse(answer.getHeaders().containsKey("traceparent"));
    return clientA.stored().get(clientA.stored().size() - 1).headers();
  }

  /** {@code version-trace-span-flags} */
  private static String[] context(Headers headers) {
    List<Header> all = new ArrayList<>();
    headers.headers("traceparent").forEach(all::add);
    assertEquals(1, all.size(), headers::toString);
    return new String(all.get(0).value(), UTF_8).split("-");
  }

  private SpanData span(String id) {
    await().until(() -> spans.stream().anyMatch(each -> each.getSpanId().equals(id)));
    return spans.stream().filter(each -> each.getSpanId().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void goesOnInItsRecord() {
    String[] sent = context(send("00-" + TRACE + "-" + SPAN + "-01"));

    assertEquals(TRACE, sent[1]);
    SpanData from = span(sent[2]);
    while (!from.getParentSpanId().equals(SPAN)) {
      from = span(from.getParentSpanId());
    }
    assertEquals(TRACE, from.getTraceId());
  }

  @Test
  void beginsAnewIfWhatAClientSaysIsNoTrace() {
    for (String said : List.of("00-" + TRACE, "x", "00-" + "0".repeat(32) + "-" + SPAN + "-01")) {
      String[] sent = context(send(said));

      assertNotEquals(TRACE, sent[1]);
      assertTrue(sent[1].matches("[0-9a-f]{32}"), sent[1]);
    }
  }

  @Test
  void ofABatchIsLinkedAndEachRecordGoesOnInItsOwn() throws Exception {
    CamelContext clientB = new DefaultCamelContext();
    try {
      Tracing.install(clientB, telemetry);
      clientB.addRoutes(new Received());
      clientB.start();
      List<Exchange> records = new ArrayList<>();
      for (String traceparent :
          List.of(
              "00-" + TRACE + "-" + SPAN + "-01",
              "nonsense",
              "00-" + TRACE.replace('0', '1') + "-" + SPAN + "-01")) {
        records.add(record(clientB, traceparent, records.size()));
      }
      clientB.createProducerTemplate().requestBody("seda:batch", records);
    } finally {
      clientB.stop();
    }

    SpanData batch =
        spans.stream().filter(span -> span.getLinks().size() == 2).findFirst().orElseThrow();
    assertNotEquals(TRACE, batch.getTraceId());
    List<SpanData> each =
        spans.stream().filter(span -> span.getName().equals("process client-messages")).toList();
    assertEquals(2, each.size());
    assertEquals(TRACE, each.get(0).getTraceId());
    assertEquals(SPAN, each.get(0).getParentSpanId());
    assertEquals(SpanKind.CONSUMER, each.get(0).getKind());
    List<String> links =
        each.get(0).getLinks().stream()
            .map(LinkData::getSpanContext)
            .map(context -> context.getSpanId())
            .toList();
    assertEquals(List.of(batch.getSpanId()), links);
    List<String> events = each.get(0).getEvents().stream().map(EventData::getName).toList();
    assertEquals(List.of("stored", "pushed"), events);
    assertTrue(each.get(0).getAttributes().toString().contains("m0"));
  }

  private static Exchange record(CamelContext context, String traceparent, int offset) {
    Exchange record = new DefaultExchange(context);
    Message message = record.getMessage();
    message.setHeaders(RecordHeaders.at("client-messages", 0, offset));
    message.setHeader(
        KafkaConstants.HEADERS,
        new org.apache.kafka.common.header.internals.RecordHeaders()
            .add("traceparent", traceparent.getBytes(UTF_8)));
    String json = "{\"id\":\"m%d\",\"from\":\"a\",\"to\":\"b\",\"message\":\"?\"}";
    message.setBody(json.formatted(offset).getBytes(UTF_8));
    return record;
  }

  /** As a batch is handled. */
  private static final class Received extends RouteBuilder {
    @Override
    public void configure() {
      from("seda:batch")
          .bean(ReadMessage.class, "readBatch")
          .process(
              batch -> {
                List<?> read = batch.getMessage().getBody(List.class);
                batch.setVariable(
                    "messages", read.stream().map(each -> ((Message) each).getBody()).toList());
                Tally tally = new Tally();
                tally.stored(batch);
                tally.pushed(batch);
              });
    }
  }

  @Test
  void ofADeadLetterStaysAsItCame() {
    Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
    original.add("traceparent", "as it came".getBytes(UTF_8));
    Headers added = new org.apache.kafka.common.header.internals.RecordHeaders();
    added.add("traceparent", "of who parks it".getBytes(UTF_8));

    new OriginalRecord.Serializer().serialize("t", added, new OriginalRecord(null, original));

    assertEquals(original, added);
  }
}
