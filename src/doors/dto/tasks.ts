import { Id, Ids, OneOf, Type } from '../fields.js';

export class AcknowledgeTasksDto {
  @Type('AcknowledgeTasks') type!: 'AcknowledgeTasks';
  @Ids(1, 200) taskIds!: string[];
}

export class CompleteTaskDto {
  @Type('CompleteTask') type!: 'CompleteTask';
  @Id() taskId!: string;
}

export class RateServiceDto {
  @Type('RateService') type!: 'RateService';
  @Id() ratingId!: string;
  @OneOf([1, 2, 3, 4, 5]) stars!: 1 | 2 | 3 | 4 | 5;
}
