/** Routes run over messages that were handled before, where nothing that they do has an effect. */
package courier.reload.shadow;
