import type { ComponentChildren } from 'preact';
import { useHref } from '../../../platform/http/page-context.ts';
import { Enhanced } from '../../../ui/island.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ResumableUploadProps } from '../islands/resumable-uploads.ts';

const words = localWords({
  vi: {
    sending: 'Đang tải lên',
    paused: 'Đã tạm dừng',
    waiting: 'Mất mạng – sẽ tự tải tiếp khi có mạng lại',
    done: 'Đã tải xong',
    failed: 'Không tải được',
    pause: 'Tạm dừng',
    resume: 'Tải tiếp',
    cancel: 'Bỏ tệp này',
    finishing: 'Đang tải nốt các tệp. Trang sẽ tự chuyển khi xong.',
    list: 'Tệp đang tải lên',
  },
  en: {
    sending: 'Uploading',
    paused: 'Paused',
    waiting: 'No connection – goes on by itself once there is one',
    done: 'Uploaded',
    failed: 'Could not be uploaded',
    pause: 'Pause',
    resume: 'Go on',
    cancel: 'Remove this file',
    finishing: 'The files are being finished. The page goes on by itself.',
    list: 'Files being uploaded',
  },
});

/**
 * A form whose files may be sent in pieces: with a script each chosen file goes up at once, shows how far it is, and goes on after a lost connection
 * or a reload. Without one the form sends its files as ever. `grant` comes from `grantUpload`; `place` tells one page's files from another's.
 */
export function ResumableUploads(props: { grant: string; place: string; children: ComponentChildren }) {
  const own = words.use();
  const href = useHref();
  const given: ResumableUploadProps = {
    endpoint: href(paths.uploads()),
    grant: props.grant,
    place: props.place,
    words: own,
  };
  return (
    <Enhanced name="files/resumable-uploads" props={given} on="load">
      {props.children}
    </Enhanced>
  );
}
