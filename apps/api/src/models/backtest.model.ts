import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type {
  BacktestFigure,
  BacktestFold,
  BacktestGroup,
  BacktestModel,
  BacktestTable,
} from '@tallyhouse/forecasting';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('BacktestFigure')
export class BacktestFigureModel implements BacktestFigure {
  @Field(() => String, {
    description: 'smape, mase, owa, rmsse, mae, bias, crps, pinball@level or coverage@share.',
  })
  public measure: string;

  @Field(() => Float)
  public value: number;
}

@ObjectType('BacktestGroup', { description: 'Figures of a model over the series of a group.' })
export class BacktestGroupModel implements BacktestGroup {
  @Field(() => String, { description: 'Name of the group; overall for all series.' })
  public group: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Forecasts scored: one a fold and series that had an outcome.',
  })
  public forecasts: number | null;

  @Field(() => [BacktestFigureModel])
  public figures: readonly BacktestFigure[];
}

@ObjectType('BacktestModel', { description: 'A model or baseline of a backtest.' })
export class BacktestModelModel implements BacktestModel {
  @Field(() => String)
  public name: string;

  @Field(() => [BacktestGroupModel])
  public groups: readonly BacktestGroup[];
}

@ObjectType('BacktestFold', { description: 'Nothing from its origin on was shown to a model.' })
export class BacktestFoldModel implements BacktestFold {
  @Field(() => DateTimeScalar)
  public origin: Date;

  @Field(() => Int)
  public series: number;
}

@ObjectType('Backtest', {
  description:
    'The backtest of a version as its evaluation report tells it, whose hash is on chain; `model evaluate` measures it again.',
})
export class BacktestTableModel implements BacktestTable {
  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => HexScalar)
  public reportSha256: string;

  @Field(() => String, { nullable: true })
  public frequency: string | null;

  @Field(() => Int, { nullable: true })
  public seasonLength: number | null;

  @Field(() => Int, { nullable: true, description: 'Periods ahead.' })
  public horizon: number | null;

  @Field(() => [BacktestFoldModel])
  public folds: readonly BacktestFold[];

  @Field(() => [BacktestModelModel], { description: 'The version and the baselines beside it.' })
  public models: readonly BacktestModel[];
}
