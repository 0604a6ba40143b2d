import { noticeLengths, noticeMinutes } from '../../protocol/notices.js';
import { noticeKinds } from '../../protocol/vocabulary.js';
import type { NoticeKind, Text } from '../../protocol/vocabulary.js';
import { Id, One, OneOf, Sentence, Type, Whole } from '../fields.js';

class NoticeTitleDto implements Text {
  @Sentence(noticeLengths.title.zh) zh!: string;
  @Sentence(noticeLengths.title.en) en!: string;
}

class NoticeTextDto implements Text {
  @Sentence(noticeLengths.text.zh) zh!: string;
  @Sentence(noticeLengths.text.en) en!: string;
}

export class PostNoticeDto {
  @Type('PostNotice') type!: 'PostNotice';
  @OneOf(noticeKinds) kind!: NoticeKind;
  @One(() => NoticeTitleDto, { optional: true }) title?: NoticeTitleDto;
  @One(() => NoticeTextDto) text!: NoticeTextDto;
  @Whole(noticeMinutes.least, noticeMinutes.most) minutes!: number;
}

export class WithdrawNoticeDto {
  @Type('WithdrawNotice') type!: 'WithdrawNotice';
  @Id() noticeId!: string;
}
