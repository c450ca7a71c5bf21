import type { ComponentChildren } from 'preact';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Enhanced } from '../../../ui/island.tsx';
import { localWords } from '../../../ui/local-words.ts';

const words = localWords({
  vi: {
    noScript:
      'Khóa truy cập cần một trình duyệt còn được cập nhật và cho phép chạy JavaScript. Bạn vẫn dùng được các cách khác.',
    asking: 'Hãy làm theo hướng dẫn của thiết bị: dùng vân tay, khuôn mặt, mã khóa màn hình hoặc cắm khóa bảo mật.',
    stopped: 'Thiết bị chưa xác nhận. Bạn có thể thử lại.',
    known: 'Thiết bị này đã có khóa truy cập của tài khoản.',
    failed: 'Thiết bị không thực hiện được. Hãy thử lại, hoặc dùng cách khác.',
  },
  en: {
    noScript:
      'Passkeys need a browser that is still updated and may run JavaScript. The other ways still work without it.',
    asking: 'Follow your device: finger, face, screen lock, or plug in your security key.',
    stopped: 'The device did not confirm. You can try again.',
    known: 'This device already has a passkey of the account.',
    failed: 'The device could not do it. Try again, or use another way.',
  },
});

/**
 * A form whose answer comes from a passkey. Without a script, or in a browser without passkeys, it says so and the page's other ways
 * remain.
 */
export function PasskeyForm(props: {
  action: string;
  kind: 'create' | 'get';
  label: string;
  options?: object;
  questionPath?: string;
  isConditional?: boolean;
  isSecondary?: boolean;
  children?: ComponentChildren;
}) {
  const w = words.use();
  return (
    <Enhanced
      name="identity/passkey"
      on="load"
      props={{
        kind: props.kind,
        ...(props.options ? { options: { publicKey: props.options } } : {}),
        ...(props.questionPath ? { questionPath: props.questionPath } : {}),
        ...(props.isConditional ? { isConditional: true } : {}),
      }}
    >
      <Form action={props.action} attributes={{ 'data-turbo': 'false' }}>
        {props.children}
        <input type="hidden" name="answer" value="" />
        {props.questionPath && <input type="hidden" name="challenge" value="" />}
        <Button
          text={props.label}
          attributes={{ 'data-passkey': '', hidden: { value: true, optional: true } }}
          {...(props.isSecondary ? { classes: 'govuk-button--secondary' } : {})}
        />
        <p
          class="govuk-hint"
          role="status"
          data-told=""
          data-quiet=""
          data-none={w.noScript}
          data-asking={w.asking}
          data-stopped={w.stopped}
          data-known={w.known}
          data-failed={w.failed}
        >
          {w.noScript}
        </p>
      </Form>
    </Enhanced>
  );
}
