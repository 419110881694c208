// ODK Web Forms, as ODK Central shows forms to respondents.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";

window.openForm = (formXml) => {
  const onSubmit = async ({ status, data }) => {
    window.status = status;
    window.sent = await data[0].get("xml_submission_file").text();
  };
  const fetchFormAttachment = () => Promise.reject(new Error("this form has no attachment"));
  createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment, onSubmit }) }).use(webFormsPlugin).mount("#form");
};
