// Enketo, as KoboToolbox and ODK Central show forms to respondents.
import { Form } from "enketo-core";
import { transform } from "enketo-transformer/web";

window.openForm = async (xform) => {
  const { form, model } = await transform({ xform });
  const holder = document.querySelector("#form");
  holder.innerHTML = form;
  window.form = new Form(holder.querySelector("form.or"), { modelStr: model, external: [] }, {});
  return window.form.init();
};
window.sendForm = async () => {
  window.sent = (await window.form.validate()) ? window.form.getDataStr({ irrelevant: false }) : "";
};
