/* Guides of the portal: short, in the order in which people need them. */

interface Pair {
  vi: string;
  en: string;
}
export interface HelpTopic {
  id: string;
  title: Pair;
  summary: Pair;
  parts: readonly { title: Pair; paragraphs?: readonly Pair[]; steps?: readonly Pair[] }[];
}

const p = (vi: string, en: string): Pair => ({ vi, en });

export const helpTopics: readonly HelpTopic[] = [
  {
    id: 'nop-ho-so',
    title: p('Nộp hồ sơ trực tuyến', 'Applying online'),
    summary: p('Từ lúc tìm thủ tục đến khi có mã tra cứu.', 'From finding the procedure to the tracking code.'),
    parts: [
      {
        title: p('Các bước', 'Step by step'),
        steps: [
          p(
            'Gõ việc bạn cần làm vào ô tìm kiếm ở trang chủ. Không cần gõ dấu, gõ sai một hai chữ cũng tìm ra.',
            'Type what you need to do into the search box of the home page. Marks are not needed; a typing error or two does no harm.',
          ),
          p(
            'Mở trang thủ tục, xem cần giấy tờ gì, mất bao lâu, bao nhiêu tiền. Bấm “Nộp hồ sơ trực tuyến”.',
            'Open the procedure, see which papers, how long and how much. Press “Apply online”.',
          ),
          p(
            'Đăng nhập. Chọn nơi tiếp nhận: gõ tên xã, phường của bạn, cả tên cũ cũng được.',
            'Sign in. Choose where to apply: type the name of your commune, an old name works too.',
          ),
          p(
            'Điền tờ khai từng trang. Những gì tài khoản đã biết được điền sẵn.',
            'Fill in the form page by page. What your account knows is filled in already.',
          ),
          p(
            'Chụp hoặc quét giấy tờ rồi tải lên từng mục.',
            'Take pictures of your papers or scan them, and upload each to its place.',
          ),
          p(
            'Chọn cách nhận kết quả, kiểm tra lại, đánh dấu cam đoan và gửi.',
            'Choose how to get the result, check everything, tick the declaration and send.',
          ),
        ],
      },
      {
        title: p('Dừng giữa chừng', 'Stopping half way'),
        paragraphs: [
          p(
            'Nội dung được lưu sau mỗi trang và giữ 30 ngày. Mở tiếp ở mục “Bản đang soạn” trên bất kỳ máy nào.',
            'What you entered is saved after every page and kept for 30 days. Continue under “Drafts” on any device.',
          ),
          p(
            'Nếu bạn sửa cùng một tờ khai trên hai máy, cổng hỏi bạn giữ bản nào, không tự ghi đè.',
            'If you change one form on two devices, the portal asks which to keep and never overwrites by itself.',
          ),
        ],
      },
    ],
  },
  {
    id: 'dang-nhap',
    title: p('Tài khoản và đăng nhập', 'Account and signing in'),
    summary: p(
      'Đăng ký, quên mật khẩu, làm việc cho doanh nghiệp.',
      'Registering, a forgotten password, acting for a business.',
    ),
    parts: [
      {
        title: p('Chưa có tài khoản', 'No account yet'),
        paragraphs: [
          p(
            'Bấm “Đăng nhập” rồi “Đăng ký”. Bạn cần số định danh cá nhân và một email hoặc số điện thoại đang dùng để nhận mã xác minh.',
            'Press “Sign in”, then “Register”. You need your personal identity number, and an e-mail address or telephone that can get a code.',
          ),
        ],
      },
      {
        title: p('Quên mật khẩu', 'Forgotten password'),
        paragraphs: [
          p(
            'Ở trang đăng nhập, bấm “Quên mật khẩu” và làm theo hướng dẫn gửi đến email hoặc điện thoại của bạn.',
            'On the sign-in page press “Forgotten password” and follow what is sent to your e-mail or telephone.',
          ),
        ],
      },
      {
        title: p('Nộp cho doanh nghiệp', 'For a business'),
        paragraphs: [
          p(
            'Đăng nhập tài khoản của bạn, vào “Tài khoản”, chọn doanh nghiệp ở mục “Làm việc với tư cách”.',
            'Sign in as yourself, open “Account” and choose the business under “Act for”.',
          ),
        ],
      },
    ],
  },
  {
    id: 'theo-doi',
    title: p('Theo dõi hồ sơ', 'Following your dossier'),
    summary: p('Mã hồ sơ, mã tra cứu, ngày hẹn, bổ sung, rút hồ sơ.', 'Codes, appointment, supplements, withdrawing.'),
    parts: [
      {
        title: p('Không cần đăng nhập', 'Without signing in'),
        paragraphs: [
          p(
            'Vào “Tra cứu hồ sơ”, nhập mã hồ sơ và mã tra cứu in trên giấy tiếp nhận, hoặc quét mã QR trên giấy.',
            'Open “Track a dossier” and type the two codes printed on the receipt, or scan its QR code.',
          ),
        ],
      },
      {
        title: p('Khi được yêu cầu bổ sung', 'When you are asked to add something'),
        paragraphs: [
          p(
            'Mở hồ sơ trong “Hồ sơ của tôi”: trang hồ sơ ghi rõ thiếu gì. Bấm “Bổ sung ngay”, tải giấy tờ mới hoặc sửa tờ khai, rồi gửi. Hồ sơ quay lại đúng cán bộ đang giải quyết.',
            'Open it under “My dossiers”: its page says what is missing. Press “Add it now”, upload the papers or change the answers, and send. It goes back to the same official.',
          ),
        ],
      },
      {
        title: p('Trễ hẹn', 'Late'),
        paragraphs: [
          p(
            'Nếu không kịp ngày hẹn, cơ quan phải xin lỗi bằng văn bản và hẹn lại trước ngày hẹn cũ. Bạn thấy ngày mới ngay trên trang hồ sơ.',
            'When the agency cannot keep the appointment it has to apologise in writing and give a new day before the old one. You see the new day on the page of the dossier.',
          ),
        ],
      },
    ],
  },
  {
    id: 'giay-to',
    title: p('Chụp và tải giấy tờ', 'Pictures and files of papers'),
    summary: p('Loại tệp, dung lượng, cách chụp cho rõ.', 'Kinds of files, sizes, how to take a clear picture.'),
    parts: [
      {
        title: p('Chụp bằng điện thoại', 'With a telephone'),
        steps: [
          p(
            'Đặt giấy trên mặt phẳng, đủ sáng, không bóng tay.',
            'Lay the paper flat, in good light, without your shadow.',
          ),
          p(
            'Chụp thẳng từ trên, thấy đủ bốn góc, chữ đọc được.',
            'Take it straight from above, with all four corners and readable letters.',
          ),
          p(
            'Mỗi mặt giấy một ảnh. Giấy nhiều trang nên ghép thành một tệp PDF.',
            'One picture for each side. Join many pages into one PDF.',
          ),
        ],
      },
      {
        title: p('Khi tệp bị từ chối', 'When a file is refused'),
        paragraphs: [
          p(
            'Trang sẽ ghi rõ tệp nào, vì sao: sai loại, quá lớn, tệp trống hoặc hỏng. Các tệp khác vẫn được giữ.',
            'The page says which file and why: the wrong kind, too large, empty or damaged. Your other files are kept.',
          ),
        ],
      },
    ],
  },
  {
    id: 'le-phi',
    title: p('Phí và lệ phí', 'Fees and charges'),
    summary: p('Bao nhiêu, nộp ở đâu, biên lai.', 'How much, where to pay, receipts.'),
    parts: [
      {
        title: p('Nộp ở đâu', 'Where to pay'),
        paragraphs: [
          p(
            'Trang thủ tục ghi mức thu theo từng cách nộp. Khi đến lượt thu, hồ sơ chuyển sang “Cần bạn nộp phí, lệ phí” và ghi rõ số tiền. Bạn nộp tại quầy tiếp nhận, đọc mã hồ sơ, và được cấp biên lai.',
            'The page of the procedure says how much for each way of applying. When it is due, the dossier says so with the amount. Pay at the counter, give the dossier code, and get a receipt.',
          ),
        ],
      },
      {
        title: p('Không thu thêm', 'Nothing else'),
        paragraphs: [
          p(
            'Ngoài mức đã công khai trên trang thủ tục, không ai được thu thêm khoản nào.',
            'Nobody may ask for more than what the page of the procedure says.',
          ),
        ],
      },
    ],
  },
  {
    id: 'goi-ai',
    title: p('Gọi cho ai', 'Whom to call'),
    summary: p('Tổng đài, nơi tiếp nhận, phản ánh thái độ phục vụ.', 'Hotline, counter, complaints.'),
    parts: [
      {
        title: p('Hỏi thủ tục', 'About a procedure'),
        paragraphs: [
          p(
            'Gọi tổng đài ghi ở cuối trang, hoặc đến Trung tâm Phục vụ hành chính công của xã, phường. Ở đó có máy tính và người giúp bạn điền hồ sơ, không mất tiền.',
            'Call the hotline at the foot of the page, or come to the public service centre of your commune: there are computers and people who help you, free of charge.',
          ),
        ],
      },
      {
        title: p('Hỏi hồ sơ đã nộp', 'About your dossier'),
        paragraphs: [
          p(
            'Gọi nơi tiếp nhận và đọc mã hồ sơ. Khi trang báo lỗi có mã tham chiếu, đọc cả mã đó.',
            'Call the place that received it and give the dossier code. When an error page shows a reference, give that too.',
          ),
        ],
      },
    ],
  },
  {
    id: 'bao-lo-hong',
    title: p('Báo lỗ hổng bảo mật', 'Reporting a weakness'),
    summary: p(
      'Bạn thấy cổng có chỗ để lộ hoặc bị lợi dụng? Hãy báo cho chúng tôi trước.',
      'Have you found a way to get at what is not yours? Tell us first.',
    ),
    parts: [
      {
        title: p('Báo ở đâu', 'Where to report'),
        paragraphs: [
          p(
            'Địa chỉ nhận tin ghi trong tệp /.well-known/security.txt của cổng. Viết bằng tiếng Việt hoặc tiếng Anh đều được, không cần xưng tên.',
            'The address is in the portal’s file /.well-known/security.txt. Write in Vietnamese or English; you need not give your name.',
          ),
          p(
            'Hãy cho biết: trang nào, làm những bước gì, thấy gì. Một ảnh chụp màn hình giúp rất nhiều, nhưng hãy che thông tin của người khác.',
            'Tell us which page, which steps, and what you saw. A picture of the screen helps a lot, but cover what belongs to others.',
          ),
        ],
      },
      {
        title: p('Chúng tôi làm gì', 'What we do'),
        steps: [
          p('Trả lời đã nhận trong 3 ngày làm việc.', 'We answer within 3 working days.'),
          p(
            'Kiểm tra và cho bạn biết kết quả trong 15 ngày làm việc.',
            'We look into it and tell you what we found within 15 working days.',
          ),
          p(
            'Sửa lỗi nghiêm trọng ngay, lỗi khác trong lần cập nhật gần nhất, và báo lại khi đã sửa xong.',
            'We mend what is serious at once, the rest with the next version, and tell you when it is done.',
          ),
        ],
      },
      {
        title: p('Xin giữ những điều sau', 'What we ask of you'),
        steps: [
          p(
            'Chỉ thử trên tài khoản và hồ sơ của chính bạn. Lỡ thấy thông tin của người khác thì dừng lại, không lưu, không gửi cho ai.',
            'Try with your own account and dossiers only. If you come to see what belongs to others, stop, keep nothing and pass nothing on.',
          ),
          p(
            'Không làm chậm hoặc làm ngừng cổng, không gửi hàng loạt, không xóa hay sửa dữ liệu.',
            'Do not slow the portal down or stop it, do not send things in masses, change or delete nothing.',
          ),
          p(
            'Đợi chúng tôi sửa xong rồi mới nói công khai. Ai báo ngay tình và giữ những điều này, chúng tôi không khiếu nại và xin cảm ơn.',
            'Wait until it is mended before you make it public. Whoever reports in good faith and keeps to this has our thanks, and no complaint from us.',
          ),
        ],
      },
    ],
  },
];
