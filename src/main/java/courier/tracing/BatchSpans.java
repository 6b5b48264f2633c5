package courier.tracing;

import courier.message.ReceivedMessage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Batches of records in traces, as the semantic conventions of OpenTelemetry for messaging have it:
 * the span of a batch is in a trace of its own, with a link to each record's. And for who follows
 * one message, its record has a span in its own trace, linked to the batch, with when it was stored
 * and pushed.
 */
final class BatchSpans extends RoutePolicySupport {
  /** Exchange property: the records of traces that are wanted. */
  private static final String TRACED = "courier.tracing.records";

  /** Exchange variable, for who writes records about the batch. */
  private static final String TRACEPARENT = "traceparent";

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> TOPIC =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.type");
  private static final AttributeKey<Long> COUNT =
      AttributeKey.longKey("messaging.batch.message_count");
  private static final AttributeKey<String> PARTITION =
      AttributeKey.stringKey("messaging.destination.partition.id");
  private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
  private static final AttributeKey<String> ID = AttributeKey.stringKey("messaging.message.id");

  private final Tracer tracer;
  private final TextMapPropagator propagator;

  private record Traced(Message record, Context sender) {}

  private record Batch(SpanContext span, List<Traced> records) {}

  BatchSpans(Tracer tracer, TextMapPropagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    if (!(exchange.getMessage().getBody() instanceof List<?> records)
        || records.isEmpty()
        || !(records.get(0) instanceof Exchange first)
        || first.getMessage().getHeader(KafkaConstants.OFFSET) == null
        || exchange.getProperty(TRACED) != null) {
      return;
    }
    Span batch = Span.current();
    batch.setAttribute(SYSTEM, "kafka");
    batch.setAttribute(OPERATION, "process");
    batch.setAttribute(TOPIC, topic(first.getMessage()));
    batch.setAttribute(COUNT, records.size());
    List<Traced> traced = new ArrayList<>();
    for (Object each : records) {
      Message record = ((Exchange) each).getMessage();
      Context sender = propagator.extract(Context.root(), record, RecordHeader.READER);
      SpanContext sent = Span.fromContext(sender).getSpanContext();
      if (sent.isValid() && sent.isSampled()) {
        batch.addLink(sent);
        traced.add(new Traced(record, sender));
      }
    }
    exchange.setVariable(TRACEPARENT, traceparent(batch));
    exchange.setProperty(TRACED, new Batch(batch.getSpanContext(), traced));
  }

  private String traceparent(Span span) {
    Map<String, String> headers = new HashMap<>();
    propagator.inject(Context.root().with(span), headers, Map::put);
    return headers.get(TRACEPARENT);
  }

  private static String topic(Message record) {
    return record.getHeader(KafkaConstants.TOPIC, String.class);
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    if (exchange.getFromRouteId().equals(route.getRouteId())
        && exchange.removeProperty(TRACED) instanceof Batch batch) {
      Map<Message, ReceivedMessage> stored = stored(exchange);
      batch.records.forEach(
          each -> end(span(each, batch, exchange), stored.get(each.record), exchange));
    }
  }

  private static Map<Message, ReceivedMessage> stored(Exchange exchange) {
    Map<Message, ReceivedMessage> stored = new IdentityHashMap<>();
    if (exchange.getVariable("messages") instanceof List<?> messages) {
      for (Object each : messages) {
        if (each instanceof ReceivedMessage message) {
          stored.put(message.record(), message);
        }
      }
    }
    return stored;
  }

  private Span span(Traced traced, Batch batch, Exchange exchange) {
    Message record = traced.record;
    SpanBuilder span =
        tracer
            .spanBuilder("process " + topic(record))
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(traced.sender)
            .addLink(batch.span)
            .setStartTimestamp(exchange.getClock().getCreated(), TimeUnit.MILLISECONDS)
            .setAttribute(SYSTEM, "kafka")
            .setAttribute(OPERATION, "process")
            .setAttribute(TOPIC, topic(record))
            .setAttribute(
                PARTITION, record.getHeader(KafkaConstants.PARTITION, Integer.class).toString())
            .setAttribute(OFFSET, record.getHeader(KafkaConstants.OFFSET, Long.class));
    return span.startSpan();
  }

  private static void end(Span span, ReceivedMessage stored, Exchange exchange) {
    if (stored != null) {
      span.setAttribute(ID, stored.id());
      happened("stored", "stored-at", span, exchange);
      happened("pushed", "pushed-at", span, exchange);
    }
    if (exchange.isFailed()) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private static void happened(String what, String variable, Span span, Exchange exchange) {
    if (exchange.getVariable(variable) instanceof Long at) {
      span.addEvent(what, at, TimeUnit.MILLISECONDS);
    }
  }
}
