/**
 * What every HTTP endpoint shares: requests checked, refusals as problem+json, who asks, and how
 * many long answers there may be. It knows no message and no store; {@code connection} is below it.
 */
package courier.http;
