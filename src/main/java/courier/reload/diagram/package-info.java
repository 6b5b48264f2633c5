/** The routes that run as somebody would draw them, and what goes through each step. */
package courier.reload.diagram;
