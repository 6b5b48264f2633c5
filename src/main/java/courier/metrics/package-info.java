/**
 * What services count and measure, as who scrapes {@code /observe/metrics} sees it: each figure is
 * one of {@link courier.metrics.Figure}. It knows no other room; they count here what they know.
 */
package courier.metrics;
